package normlab.report.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import normlab.registration.RegistrationStatus;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Part;
import normlab.report.stats.Interval;

/** The verdicts on claims and the tests behind them: one row per test, or one row for a claim without tests. */
final class ClaimCsv {
    private static final List<String> OF_A_TEST = List.of(
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
            "trial_keys");

    private ClaimCsv() {}

    static byte[] of(List<ClaimVerdict> verdicts, RegistrationStatus registration) {
        Csv csv = new Csv(Stream.of(List.of("claim", "verdict", "reason"), OF_A_TEST, List.of("registration"))
                .flatMap(List::stream)
                .toArray(String[]::new));
        for (ClaimVerdict verdict : verdicts) {
            if (verdict.parts().isEmpty()) {
                row(csv, verdict, Collections.nCopies(OF_A_TEST.size(), ""), registration);
            }
            verdict.parts().forEach(part -> row(csv, verdict, fields(part), registration));
        }
        return csv.bytes();
    }

    private static void row(Csv csv, ClaimVerdict verdict, List<?> test, RegistrationStatus registration) {
        List<Object> row =
                new ArrayList<>(List.of(verdict.claim().id(), verdict.standing().words(), verdict.reason()));
        row.addAll(test);
        row.add(registration.kind().words());
        csv.row(row.toArray());
    }

    private static List<?> fields(Part part) {
        return List.of(
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
                part.pairsNeeded().isPresent() ? part.pairsNeeded().getAsInt() : "",
                part.note(),
                String.join(" ", part.trialKeys()));
    }
}
