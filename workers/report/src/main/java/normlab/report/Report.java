package normlab.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import normlab.json.Json;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.Findings;
import normlab.report.figure.Figure;
import normlab.report.figure.Figures;
import normlab.report.page.Page;
import normlab.report.text.CsvFiles;
import normlab.report.text.FindingPage;
import normlab.report.text.Latex;
import normlab.report.text.Markdown;
import normlab.report.text.TerminalTable;

/**
 * A campaign's findings in every form that is shown. Equal campaigns give equal bytes on the same machine.
 *
 * @param findings the findings that everything else shows
 * @param html the self-contained page
 * @param dataFiles by name: the CSV behind every figure and table, {@code experiment.json} as resolved, {@code
 *     tables.tex}, and {@code finding.md}, the page that is kept with a result
 * @param figures final accuracies first, then loss and accuracy by epoch for each activation; empty if Java has no
 *     fonts, and then the page says so
 * @param summaryMarkdown three paragraphs, at most {@link Markdown#LONGEST_SUMMARY} characters
 * @param terminalTable plain text, aligned, for a terminal of any width
 * @param readmeTable the main table in Markdown
 */
public record Report(
        Findings findings,
        String html,
        Map<String, byte[]> dataFiles,
        List<Figure> figures,
        String summaryMarkdown,
        String terminalTable,
        String readmeTable) {
    public Report {
        dataFiles = Map.copyOf(dataFiles);
        figures = List.copyOf(figures);
    }

    /** @param claims the claims to judge by the campaign */
    public static Report of(CampaignResults campaign, ClaimSet claims) {
        // Finding fonts takes as long as computing the findings, and drawing as long as writing.
        CompletableFuture<Optional<String>> problem = CompletableFuture.supplyAsync(Figures::problem);
        Findings findings = Findings.of(campaign, claims);
        CompletableFuture<List<Figure>> drawing =
                problem.thenApplyAsync(p -> p.isPresent() ? List.of() : Figures.of(findings));
        Map<String, byte[]> data = new TreeMap<>(CsvFiles.of(findings));
        data.put("experiment.json", Json.bytes(campaign.experiment()));
        data.put("tables.tex", bytes(Latex.tables(findings)));
        data.put("finding.md", bytes(FindingPage.page(findings)));
        Page page = Page.of(findings);
        String summary = Markdown.summary(findings);
        String terminalTable = TerminalTable.of(findings, TerminalTable.UNBROKEN);
        String readmeTable = Markdown.table(findings);
        List<Figure> figures = drawing.join();
        return new Report(
                findings,
                page.html(figures, problem.join().orElse("")),
                data,
                figures,
                summary,
                terminalTable,
                readmeTable);
    }

    /** All files by name, in order: the page, the CSV files, {@code figures/*.png} and {@code .svg}, the summaries. */
    public TreeMap<String, byte[]> files() {
        TreeMap<String, byte[]> files = new TreeMap<>(dataFiles);
        files.put("report.html", bytes(html));
        files.put("results-table.md", bytes(readmeTable));
        files.put("summary.md", bytes(summaryMarkdown));
        files.put("summary.txt", bytes(terminalTable));
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
