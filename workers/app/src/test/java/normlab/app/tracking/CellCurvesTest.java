package normlab.app.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.StoredCampaign;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.port.TrackedRun.MetricPoint;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.JournalRow;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class CellCurvesTest {
    private static final int EPOCHS = 10;
    private static final String ACCURACY = "trials/by_epoch/validation_accuracy_mean/sigmoid-bn";
    private static final String LOSS = "trials/by_epoch/train_loss_mean/sigmoid-bn";

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final StoredCampaign campaign = new StoredCampaign(store);

    @Test
    void eachEpochHasTheMeanOverSeedsAndTheirStandardDeviation() {
        campaign.completeAll();
        List<MetricPoint> points = CellCurves.of(with(row(1, 0.4), row(1, 0.6)));
        assertThat(of(points, ACCURACY)).singleElement().satisfies(p -> {
            assertThat(p.value()).isCloseTo(0.5, within(1e-12));
            assertThat(p.step()).isEqualTo(1);
            assertThat(p.at()).isEqualTo(StoredCampaign.at(1));
        });
        assertThat(of(points, "trials/by_epoch/validation_accuracy_sd/sigmoid-bn"))
                .singleElement()
                .satisfies(p -> assertThat(p.value()).isCloseTo(Math.sqrt(0.02), within(1e-12)));
    }

    @Test
    void aCellIsShownOnceAllItsSeedsHaveAResult() {
        campaign.complete(0);
        campaign.train(2, EPOCHS);
        assertThat(CellCurves.of(contents())).isEmpty();
        campaign.complete(2);
        assertThat(of(CellCurves.of(contents()), ACCURACY))
                .extracting(MetricPoint::step)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, EPOCHS).boxed().toList());
    }

    @Test
    void aCurveEndsWhereTheFirstSeedDiverged() {
        campaign.completeAll();
        CampaignContents contents = with(
                List.of(row(1, 0.4).getFirst(), row(2, Double.NaN).getFirst()),
                List.of(row(1, 0.6).getFirst(), row(2, 0.7).getFirst()));
        assertThat(of(CellCurves.of(contents), ACCURACY))
                .extracting(MetricPoint::step)
                .containsExactly(1L);
        assertThat(of(CellCurves.of(contents), LOSS))
                .extracting(MetricPoint::step)
                .containsExactly(1L, 2L);
    }

    @Test
    void aLargeCampaignShowsEverySecondEpochAndTheFirstAndTheLast() {
        campaign.completeAll();
        CampaignContents all = contents();
        List<PlannedTrial> many = new ArrayList<>(all.plan().trials());
        IntStream.range(0, 400)
                .forEach(i -> many.add(new PlannedTrial(TrialId.shared("key" + i), "arm", "cell" + i + "-s1", false)));
        CampaignContents large = new CampaignContents(
                all.record(), all.experiment(), new CampaignPlan(many), all.trials(), all.abort(), all.ending());
        assertThat(of(CellCurves.of(large), ACCURACY))
                .extracting(MetricPoint::step)
                .containsExactly(1L, 2L, 4L, 6L, 8L, 10L);
    }

    private CampaignContents contents() {
        return CampaignContents.read(store, StoredCampaign.RUN);
    }

    /** With these journals of both seeds of sigmoid-bn. */
    private CampaignContents with(List<JournalRow> first, List<JournalRow> second) {
        CampaignContents all = contents();
        List<Trial> trials = all.trials().stream()
                .map(t -> switch (t.planned().label()) {
                    case "sigmoid-bn-s1" -> with(t, first);
                    case "sigmoid-bn-s2" -> with(t, second);
                    default -> t;
                })
                .toList();
        return new CampaignContents(all.record(), all.experiment(), all.plan(), trials, all.abort(), all.ending());
    }

    private static Trial with(Trial trial, List<JournalRow> journal) {
        return new Trial(trial.planned(), trial.identity(), journal, trial.probes(), trial.resources(), trial.result());
    }

    private static List<JournalRow> row(int epoch, double accuracy) {
        return List.of(new JournalRow(
                epoch, 10L * epoch, StoredCampaign.at(epoch), 0.1, 1.0 / epoch, 0.5, 1.0, accuracy, 1, 100));
    }

    private static List<MetricPoint> of(List<MetricPoint> points, String key) {
        return points.stream().filter(p -> p.key().equals(key)).toList();
    }
}
