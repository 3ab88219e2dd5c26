package normlab.report.text;

import java.util.List;
import java.util.stream.Collectors;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.claim.Findings;

/** The main tables and the verdicts for a paper, with {@code booktabs}; each table can be used alone. */
public final class Latex {
    private Latex() {}

    /** The tables as LaTeX; ends with a line break. */
    public static String tables(Findings findings) {
        StringBuilder text = new StringBuilder("% \\usepackage{booktabs}\n");
        for (Analysis analysis : findings.decisive()) {
            MainTable main = new MainTable(analysis);
            text.append(table(
                    "Test accuracy after the last epoch in percent, mean ± SD (seeds), %s; * survives Holm's correction. %s"
                            .formatted(analysis.setting().title(), Arm.DISCLAIMER),
                    "l".repeat(main.head().size()),
                    main.head(),
                    main.rows()));
        }
        text.append(table(
                "The abstract's claims, as judged by this campaign. " + Arm.DISCLAIMER,
                "lp{8cm}l",
                List.of("Claim", "The abstract says", "Here"),
                findings.verdicts().stream()
                        .map(v -> List.of(
                                v.claim().id(),
                                v.claim().statement(),
                                v.standing().words()))
                        .toList()));
        return text.toString();
    }

    private static String table(String caption, String columns, List<String> head, List<List<String>> rows) {
        return """
                \\begin{table}
                \\caption{%s}
                \\begin{tabular}{%s}
                \\toprule
                %s
                \\midrule
                %s
                \\bottomrule
                \\end{tabular}
                \\end{table}
                """.formatted(
                        escaped(caption),
                        columns,
                        row(head),
                        rows.stream().map(Latex::row).collect(Collectors.joining("\n")));
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Latex::escaped).collect(Collectors.joining(" & ", "", " \\\\"));
    }

    private static String escaped(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("\\", "\\textbackslash ")
                .replaceAll("([&%$#_{}])", "\\\\$1")
                .replace("~", "\\textasciitilde ")
                .replace("^", "\\textasciicircum ")
                .replace("−", "$-$")
                .replace("±", "$\\pm$")
                .replace("Δ", "$\\Delta$")
                .replace("φ", "$\\varphi$")
                .replace("ρ", "$\\rho$");
    }
}
