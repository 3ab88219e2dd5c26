package normlab.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import normlab.report.analysis.Analysis;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.Findings;
import normlab.report.figure.Figure;
import normlab.report.figure.Figures;
import normlab.report.page.Page;
import normlab.report.text.CsvFiles;
import normlab.report.text.Markdown;
import normlab.report.text.TerminalTable;

/**
 * What a campaign found, in every form that is shown: equal campaigns give equal bytes on one machine.
 *
 * @param html one file that needs nothing else
 * @param csvFiles by name: {@code trials.csv}, {@code comparisons.csv}, {@code claims.csv}, {@code curves.csv}
 * @param figures final accuracies first, then loss and accuracy by epoch for each activation; empty where Java has no
 *     fonts, which the page then says
 * @param summaryMarkdown three paragraphs, at most {@link Markdown#LONGEST_SUMMARY} characters
 * @param terminalTable plain text, aligned
 * @param readmeTable the main table in Markdown
 */
public record Report(
        String html,
        Map<String, byte[]> csvFiles,
        List<Figure> figures,
        String summaryMarkdown,
        String terminalTable,
        String readmeTable) {
    public Report {
        csvFiles = Map.copyOf(csvFiles);
        figures = List.copyOf(figures);
    }

    /** @param claims that the campaign is read for */
    public static Report of(CampaignResults campaign, ClaimSet claims) {
        Findings findings = Findings.of(campaign, claims);
        Analysis analysis = findings.first();
        List<Figure> figures = Figures.problem().isPresent() ? List.of() : Figures.of(analysis);
        return new Report(
                Page.of(findings, figures, Figures.problem().orElse("")),
                CsvFiles.of(findings),
                figures,
                Markdown.summary(findings),
                TerminalTable.of(findings),
                Markdown.table(analysis));
    }

    /** Everything by file name, in order: the page, the CSV files, {@code figures/*.png} and {@code .svg}, Markdown. */
    public TreeMap<String, byte[]> files() {
        TreeMap<String, byte[]> files = new TreeMap<>(csvFiles);
        files.put("report.html", bytes(html));
        files.put("results-table.md", bytes(readmeTable));
        files.put("summary.md", bytes(summaryMarkdown));
        for (Figure figure : figures) {
            files.put("figures/" + figure.name() + ".png", figure.png());
            files.put("figures/" + figure.name() + ".svg", bytes(figure.svg()));
        }
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
