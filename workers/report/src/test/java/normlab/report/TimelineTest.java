package normlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** When trials waited, ran and were retried, wherever a report shows it. */
class TimelineTest {
    private static final Report REPORT = Report.of(
            Fixture.campaign(Fixture.experiment(Fixture.arms(), Fixture.comparisons()), Fixture::attempted),
            Fixture.claims());
    private static final String SENTENCE = "141 attempts in 70 trials. Training waited ";

    @Test
    void thePageHasASentenceAFigureAndATableOfRetries() {
        assertThat(REPORT.html())
                .contains("<h2 id=\"timeline\">Timeline</h2>")
                .contains(SENTENCE)
                .contains("1 trial was retried.")
                .contains("<caption>Attempts that failed, and those that followed them</caption>")
                .contains("the worker process died")
                .contains("<summary>Every attempt</summary>");
        assertThat(REPORT.figures())
                .filteredOn(figure -> figure.name().equals("timeline"))
                .singleElement()
                .satisfies(figure ->
                        assertThat(figure.description()).contains("70 trials").endsWith("1 attempt failed."));
    }

    @Test
    void theFindingHasTheTimelineInMarkdown() {
        assertThat(text("finding.md"))
                .contains("## Timeline\n\n" + SENTENCE)
                .contains("| tanh-cbn-s1 | train | 1 | 1.0 s | 1 min 47 s | 6.0 s |")
                .contains("| failed | desk:4242:slot-2 | the worker process died |");
    }

    @Test
    void everyAttemptIsARowOfATable() {
        assertThat(text("attempts.csv").lines())
                .hasSize(1 + 141)
                .contains("tanh-cbn-s1,train,2,completed,desk:4242:slot-2,2026-11-22T10:01:54Z,2026-11-22T10:01:57Z,"
                        + "2026-11-22T10:02:12Z,3.0,15.0,the worker process died");
    }

    @Test
    void eachTrialNamesItsWorkflow() {
        assertThat(text("trials.csv").lines().skip(1)).hasSize(70).allMatch(row -> row.contains(Fixture.WORKFLOW));
        assertThat(REPORT.html()).contains("<td class=\"mono\">" + Fixture.WORKFLOW + "</td>");
    }

    @Test
    void aCampaignWithoutRecordedAttemptsHasAFigureFromItsResults() {
        Report old = Report.of(Fixture.quick(), Fixture.claims());
        assertThat(old.html()).contains("<h2 id=\"timeline\">").doesNotContain("Every attempt");
        assertThat(old.dataFiles()).doesNotContainKey("attempts.csv");
        assertThat(old.figures()).anyMatch(figure -> figure.name().equals("timeline"));
    }

    private static String text(String file) {
        return new String(Objects.requireNonNull(REPORT.dataFiles().get(file)), StandardCharsets.UTF_8);
    }
}
