package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Part;
import normlab.report.claim.Standing;
import normlab.report.format.Numbers;
import normlab.report.format.Words;
import normlab.report.stats.Power;

/** Verdicts on claims as lines of plain text. */
public final class ClaimLines {
    private ClaimLines() {}

    /** {@code 23 tests were made in all; each claim's are corrected together.} */
    public static String tests(List<ClaimVerdict> verdicts) {
        long tests = verdicts.stream()
                .flatMap(v -> v.parts().stream())
                .filter(Part::tested)
                .count();
        return "%s made in all, corrected by Holm family by family; across families nothing is corrected."
                .formatted(tests == 1 ? "1 test was" : Numbers.count(tests) + " tests were");
    }

    /** {@code Of the abstract's claims, C5 is supported; …}, and the same of our own questions where any was tested. */
    public static String sentence(List<ClaimVerdict> verdicts) {
        List<ClaimVerdict> claims =
                verdicts.stream().filter(v -> !v.claim().ours()).toList();
        List<ClaimVerdict> ours =
                verdicts.stream().filter(v -> v.claim().ours()).toList();
        String sentence =
                "Of the abstract's claims, for this reconstruction and setting, %s.".formatted(groups(claims));
        return ours.stream().allMatch(v -> v.standing() == Standing.NOT_TESTED)
                ? sentence
                : sentence + " Of our own questions, %s.".formatted(groups(ours));
    }

    private static String groups(List<ClaimVerdict> verdicts) {
        List<String> groups = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            List<String> ids = verdicts.stream()
                    .filter(v -> v.standing() == standing)
                    .map(v -> v.claim().id())
                    .toList();
            if (!ids.isEmpty()) {
                groups.add("%s %s %s".formatted(Words.list(ids), ids.size() == 1 ? "is" : "are", standing.words()));
            }
        }
        return String.join("; ", groups);
    }

    /** ASCII for a terminal: one line per claim, with one line per test below it; ends with a line break. */
    public static String terminal(List<ClaimVerdict> verdicts) {
        StringBuilder text = new StringBuilder();
        for (ClaimVerdict verdict : verdicts) {
            text.append("%-4s%-14s %s\n"
                    .formatted(
                            verdict.claim().id(),
                            verdict.standing().words(),
                            TerminalTable.ascii(verdict.claim().statement())));
            text.append("    ").append(TerminalTable.ascii(verdict.reason())).append('\n');
            verdict.parts()
                    .forEach(part -> text.append("      ")
                            .append(TerminalTable.ascii(line(part)))
                            .append('\n'));
        }
        return text.append(tests(verdicts)).append('\n').toString();
    }

    private static String line(Part part) {
        String found = part.effect().isEmpty()
                ? "no pairs"
                : Numbers.signed(part.effect().getAsDouble(), 3) + " " + part.unit()
                        + part.interval().map(i -> " " + Numbers.interval(i, 3)).orElse("");
        String tests =
                "n = %d, p = %s, Holm p = %s".formatted(part.pairs(), Numbers.p(part.p()), Numbers.p(part.holm()));
        String needed = part.side() == Part.Side.OPEN ? needed(part) : "";
        return Stream.of("%-28s %-8s %s".formatted(part.name(), part.side().words(), found), tests, needed, part.note())
                .filter(s -> !s.isEmpty())
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    private static String needed(Part part) {
        if (part.pairsNeeded().isPresent()) {
            return "%d pairs would show %s".formatted(part.pairsNeeded().getAsInt(), Numbers.signed(part.matters(), 3));
        }
        return part.sd().isPresent()
                ? "more than %d pairs would be needed to show %s"
                        .formatted(Power.MOST_PAIRS, Numbers.signed(part.matters(), 3))
                : "";
    }
}
