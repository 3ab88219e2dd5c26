package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Findings;
import normlab.report.claim.Part;
import normlab.report.format.Numbers;
import normlab.report.stats.Power;

/** Verdicts on claims, and the tests behind them. */
final class ClaimTables {
    private final List<ClaimVerdict> verdicts;

    ClaimTables(Findings findings) {
        this.verdicts = findings.verdicts();
    }

    /** A claim in brief, for the top of the page. */
    public record Card(String id, String statement, String standing, String sign, String words, String reason) {}

    List<Card> cards() {
        return verdicts.stream()
                .map(v -> new Card(
                        v.claim().id(),
                        v.claim().statement(),
                        v.standing().words().replace(' ', '-'),
                        v.standing().sign(),
                        v.standing().words(),
                        v.reason()))
                .toList();
    }

    TableView verdicts() {
        List<List<CellView>> rows = verdicts.stream()
                .map(v -> List.of(
                        CellView.text(v.claim().id()),
                        CellView.text(v.claim().statement())
                                .withNote("Tested as: " + v.claim().hypothesis()),
                        CellView.of(v.standing().sign() + " " + v.standing().words(), "verdict"),
                        CellView.text(v.reason())))
                .toList();
        return new TableView(
                "The abstract's claims, as judged by this campaign",
                List.of("Claim", "The abstract says", "Here", "Why"),
                rows);
    }

    /** The tests behind the verdicts; no rows if no claim was tested. */
    TableView parts() {
        List<List<CellView>> rows = new ArrayList<>();
        for (ClaimVerdict verdict : verdicts) {
            verdict.parts().forEach(part -> rows.add(row(verdict, part)));
        }
        return new TableView(
                "The tests behind the verdicts",
                List.of(
                        "Test",
                        "Found [95 % interval]",
                        "Corrected interval",
                        "Claimed",
                        "Side",
                        "Pairs",
                        "SD (pooled)",
                        "p",
                        "Holm p",
                        "Pairs needed"),
                rows);
    }

    private static List<CellView> row(ClaimVerdict verdict, Part part) {
        CellView side = CellView.text(part.side().words());
        return List.of(
                CellView.text(verdict.claim().id() + " " + part.name()),
                found(part),
                CellView.number(
                        part.corrected().map(i -> Numbers.interval(i, 3)).orElse(Numbers.ABSENT)),
                CellView.number(part.claimedWords()),
                part.note().isEmpty() ? side : side.withNote(part.note()),
                CellView.number(String.valueOf(part.pairs())),
                CellView.number(spread(part)),
                CellView.number(Numbers.p(part.p())),
                CellView.number(Numbers.p(part.holm())),
                needed(part));
    }

    private static CellView found(Part part) {
        if (part.effect().isEmpty()) {
            return CellView.number(Numbers.ABSENT);
        }
        CellView effect = CellView.number(Numbers.signed(part.effect().getAsDouble(), 3) + " " + part.unit());
        return part.interval().map(i -> effect.withNote(Numbers.interval(i, 3))).orElse(effect);
    }

    private static String spread(Part part) {
        return part.sd().isEmpty()
                ? ""
                : "%s (%s)"
                        .formatted(
                                Numbers.fixed(part.sd().getAsDouble(), 3),
                                Numbers.fixed(part.pooledSd().orElse(Double.NaN), 3));
    }

    private static CellView needed(Part part) {
        if (part.sd().isEmpty()) {
            return CellView.number("");
        }
        String pairs = part.pairsNeeded().isPresent()
                ? Numbers.count(part.pairsNeeded().getAsInt())
                : "more than " + Numbers.count(Power.MOST_PAIRS);
        return CellView.number(pairs).withNote("for " + Numbers.fixed(part.matters(), 3));
    }
}
