package normlab.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import normlab.experiment.Experiment;
import normlab.experiment.StoppingRule;
import normlab.report.Fixture;
import normlab.report.Report;
import normlab.report.campaign.CampaignResults;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    @Test
    void seedsAreAddedAsTheSpreadRequiresButAtMostDoubled() {
        Precision wide = precision(0.2, 40);
        assertThat(wide.met()).isFalse();
        assertThat(wide.seeds()).isEqualTo(5);
        assertThat(wide.next()).hasValue(10);
        Precision near = precision(wide.widest() * 0.95, 40);
        assertThat(near.next()).hasValue(6);
        assertThat(near.sentence()).contains("the widest is ±").contains("the next campaign has 6");
    }

    /** The half-width of the widest cell, from the paired differences themselves: mean ± t(4; .975) · SD / √5. */
    @Test
    void theWidestCellIsTheOneWithTheWidestInterval() {
        Precision precision = precision(0.2, 40);
        double widest = Analysis.of(campaign(0.2, 40)).getFirst().headline().orElseThrow().of(Measure.ACCURACY).stream()
                .map(e -> e.difference().orElseThrow().interval().orElseThrow())
                .mapToDouble(i -> (i.high() - i.low()) / 2)
                .max()
                .orElseThrow();
        assertThat(precision.widest()).isEqualTo(widest);
    }

    @Test
    void theRuleEndsWhenItIsMetOrItsSeedsAreUsedUp() {
        assertThat(precision(5, 40).next()).isEqualTo(OptionalInt.empty());
        assertThat(precision(5, 40).sentence()).contains("the rule is met");
        assertThat(precision(0.2, 5).next()).isEqualTo(OptionalInt.empty());
        assertThat(precision(0.2, 5).sentence()).contains("no seeds are left");
        assertThat(precision(0.2, 7).next()).hasValue(7);
    }

    /** A cell without data is not precise. */
    @Test
    void aCellWithoutTwoPairsIsNotPrecise() {
        CampaignResults failed = Fixture.campaign(
                experiment(5, 40),
                t -> t.planned().arm().equals("cbn") && t.spec().seed() > 0 ? Fixture.failed(t, "lost") : t);
        Precision precision = Precision.of(Analysis.of(failed)).orElseThrow();
        assertThat(precision.met()).isFalse();
        assertThat(precision.sentence()).contains("too few pairs");
    }

    @Test
    void everyFormOfTheReportStatesTheRule() {
        Report report = Report.of(campaign(0.2, 40), Fixture.claims());
        assertThat(report.html()).contains("Stopping rule: seeds are added until");
        assertThat(report.terminalTable()).contains("Stopping rule: seeds are added until");
        assertThat(report.summaryMarkdown()).contains("Stopping rule: seeds are added until");
        assertThat(new String(report.dataFiles().get("finding.md"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("Stopping rule: seeds are added until");
        assertThat(Report.of(Fixture.quick(), Fixture.claims()).html()).doesNotContain("Stopping rule");
    }

    private static Precision precision(double halfWidth, int mostSeeds) {
        return Precision.of(Analysis.of(campaign(halfWidth, mostSeeds))).orElseThrow();
    }

    private static CampaignResults campaign(double halfWidth, int mostSeeds) {
        return Fixture.campaign(experiment(halfWidth, mostSeeds), UnaryOperator.identity());
    }

    private static Experiment experiment(double halfWidth, int mostSeeds) {
        Experiment quick = Fixture.experiment(Fixture.arms(), Fixture.comparisons());
        return new Experiment(
                quick.name(),
                quick.description(),
                quick.dataset(),
                quick.networks(),
                quick.activations(),
                quick.recipe(),
                quick.learningRates(),
                quick.arms(),
                quick.comparisons(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(new StoppingRule("cbn", "bn", halfWidth, mostSeeds)),
                Optional.empty());
    }
}
