package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Findings;
import normlab.report.claim.Part;
import normlab.report.claim.Rule;
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
                List.of("Test", "Found [interval]", "Claimed", "Pairs", "p", "Holm p", "Side", "Pairs needed"),
                rows);
    }

    private static List<CellView> row(ClaimVerdict verdict, Part part) {
        CellView side = CellView.text(part.side().words());
        return List.of(
                CellView.text(verdict.claim().id() + " " + part.name()),
                found(part),
                CellView.number(claimed(verdict, part)),
                CellView.number(String.valueOf(part.pairs())),
                CellView.number(Numbers.p(part.p())),
                CellView.number(Numbers.p(part.holm())),
                part.note().isEmpty() ? side : side.withNote(part.note()),
                CellView.number(needed(part)));
    }

    private static CellView found(Part part) {
        if (part.effect().isEmpty()) {
            return CellView.number(Numbers.ABSENT);
        }
        CellView effect = CellView.number(Numbers.signed(part.effect().getAsDouble(), 3) + " " + part.unit());
        return part.interval().map(i -> effect.withNote(Numbers.interval(i, 3))).orElse(effect);
    }

    private static String claimed(ClaimVerdict verdict, Part part) {
        return switch (verdict.claim().rule()) {
            case Rule.Equivalence rule -> "within ±" + Numbers.plain(rule.margin());
            case Rule.Difference rule ->
                (rule.measure().higherIsBetter() ? "above " : "below ") + Numbers.plain(part.claimed());
            case Rule.Signs rule -> "sign";
            case Rule.Ratios rule -> "ratio below 1 (ln below 0)";
            case Rule.Degradation rule -> "above 0";
            case Rule.LogContext rule -> "above 0";
            case Rule.Dissociation rule -> "above 0";
        };
    }

    private static String needed(Part part) {
        if (part.side() != Part.Side.OPEN) {
            return "";
        }
        return part.pairsNeeded().isPresent()
                ? Numbers.count(part.pairsNeeded().getAsInt())
                : part.interval().isPresent() && part.pairs() > 1
                        ? "more than " + Numbers.count(Power.MOST_PAIRS)
                        : "unknown";
    }
}
