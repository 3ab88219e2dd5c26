package normlab.report.text;

import java.util.List;
import java.util.Optional;
import normlab.registration.RegistrationStatus;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Part;
import normlab.report.stats.Interval;

/** The verdicts on claims and the tests behind them: one row per test, or one row for a claim without tests. */
final class ClaimCsv {
    private ClaimCsv() {}

    static byte[] of(List<ClaimVerdict> verdicts, RegistrationStatus registration) {
        Csv csv = new Csv(
                "claim",
                "verdict",
                "reason",
                "test",
                "side",
                "effect",
                "unit",
                "low",
                "high",
                "corrected_low",
                "corrected_high",
                "claimed",
                "matters",
                "pairs",
                "sd",
                "pooled_sd",
                "p",
                "holm_p",
                "pairs_needed",
                "note",
                "trial_keys",
                "registration");
        for (ClaimVerdict verdict : verdicts) {
            if (verdict.parts().isEmpty()) {
                csv.row(
                        verdict.claim().id(),
                        verdict.standing().words(),
                        verdict.reason(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        registration.kind().words());
            }
            verdict.parts().forEach(part -> row(csv, verdict, part, registration));
        }
        return csv.bytes();
    }

    private static void row(Csv csv, ClaimVerdict verdict, Part part, RegistrationStatus registration) {
        csv.row(
                verdict.claim().id(),
                verdict.standing().words(),
                verdict.reason(),
                part.name(),
                part.side().words(),
                part.effect(),
                part.unit(),
                part.interval().map(Interval::low),
                part.interval().map(Interval::high),
                part.corrected().map(Interval::low),
                part.corrected().map(Interval::high),
                part.claimedWords(),
                part.matters(),
                part.pairs(),
                part.sd(),
                part.pooledSd(),
                part.p(),
                part.holm(),
                part.pairsNeeded().isPresent() ? Optional.of(part.pairsNeeded().getAsInt()) : Optional.empty(),
                part.note(),
                String.join(" ", part.trialKeys()),
                registration.kind().words());
    }
}
