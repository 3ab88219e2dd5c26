package normlab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.port.RunTracker;
import normlab.port.RunTracker.TrackerException;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of every {@link RunTracker}. The test of a tracker extends this class and reads the server. */
@Tag("contract")
public abstract class RunTrackerContract {
    /** Different for each test, so that tests can share a server. */
    protected final String experiment = "experiment-" + UUID.randomUUID();

    protected final TrackedRun campaign = TrackedRuns.campaign(experiment, "r-" + UUID.randomUUID());

    protected abstract RunTracker tracker();

    /** The runs that the server shows for an experiment, in any order. */
    protected abstract List<ShownRun> shown(String experiment);

    @Test
    void aRunIsShownAsItIsDescribed() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        tracker().project(List.of(campaign, trial));
        ShownRun shown = shown(experiment, trial.name());
        assertThat(shown.description()).isEqualTo(trial.description());
        assertThat(shown.status()).isEqualTo(Status.FINISHED);
        assertThat(shown.parent()).hasValue(campaign.name());
        assertThat(shown.params()).isEqualTo(trial.params());
        assertThat(shown.tags()).containsAllEntriesOf(trial.tags());
        assertThat(shown.points())
                .hasSize(8)
                .allSatisfy((key, points) -> assertThat(points).isEqualTo(4));
        assertThat(shown(experiment, campaign.name()).status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void aSecondProjectionChangesNothing() {
        List<TrackedRun> runs = campaignOf(3);
        List<String> links = tracker().project(runs);
        List<ShownRun> first = shown(experiment);
        assertThat(tracker().project(runs)).isEqualTo(links);
        assertThat(shown(experiment)).containsExactlyInAnyOrderElementsOf(first).hasSize(4);
    }

    @Test
    void aRunProgressesWithItsTraining() {
        TrackedRun done = TrackedRuns.trial(campaign, 1);
        TrackedRun half = RunLike.of(done)
                .status(Status.RUNNING)
                .metrics(TrackedRuns.epochs(1, 2))
                .run();
        tracker().project(List.of(campaign, half));
        assertThat(shown(experiment, done.name()).status()).isEqualTo(Status.RUNNING);
        assertThat(shown(experiment, done.name()).points()).containsEntry("train/loss", 2);
        tracker().project(List.of(done));
        assertThat(shown(experiment, done.name()).status()).isEqualTo(Status.FINISHED);
        assertThat(shown(experiment, done.name()).points()).containsEntry("train/loss", 4);
        assertThat(shown(experiment)).hasSize(2);
    }

    @Test
    void aStepMeasuredAgainKeepsItsPoint() {
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        List<MetricPoint> later = trial.metrics().stream()
                .map(p -> new MetricPoint(p.key(), p.value(), p.step(), p.at().plusSeconds(90)))
                .toList();
        tracker()
                .project(List.of(
                        campaign,
                        RunLike.of(trial)
                                .status(Status.RUNNING)
                                .metrics(TrackedRuns.epochs(1, 2))
                                .run()));
        tracker().project(List.of(RunLike.of(trial).metrics(later).run()));
        assertThat(shown(experiment, trial.name()).points())
                .hasSize(8)
                .allSatisfy((key, points) -> assertThat(points).isEqualTo(4));
    }

    @Test
    void aFailedRunCanStillFinish() {
        TrackedRun done = TrackedRuns.trial(campaign, 1);
        tracker()
                .project(List.of(
                        campaign,
                        RunLike.of(done)
                                .status(Status.FAILED)
                                .metrics(TrackedRuns.epochs(1, 1))
                                .run()));
        assertThat(shown(experiment, done.name()).status()).isEqualTo(Status.FAILED);
        tracker().project(List.of(done));
        assertThat(shown(experiment, done.name()).status()).isEqualTo(Status.FINISHED);
    }

    @Test
    void aTrialOfTwoCampaignsAppearsInBoth() {
        TrackedRun other = TrackedRuns.campaign(experiment, "other-" + UUID.randomUUID());
        tracker().project(List.of(campaign, TrackedRuns.trial(campaign, 1), other, TrackedRuns.trial(other, 1)));
        assertThat(shown(experiment))
                .filteredOn(r -> r.parent().isPresent())
                .extracting(r -> r.parent().orElseThrow())
                .containsExactlyInAnyOrder(campaign.name(), other.name());
    }

    @Test
    void eachRunHasItsOwnLinkInOrder() {
        List<TrackedRun> runs = campaignOf(2);
        List<String> links = tracker().project(runs);
        assertThat(links).hasSize(3).doesNotHaveDuplicates();
        assertThat(tracker().project(List.of(runs.get(2)))).containsExactly(links.get(2));
    }

    @Test
    void aChildWithoutItsParentIsRefused() {
        assertThatThrownBy(() -> tracker().project(List.of(TrackedRuns.trial(campaign, 1))))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining(campaign.identity().value());
    }

    @Test
    void aMetricThatIsNotFiniteIsRefusedByName() {
        TrackedRun diverged = RunLike.of(TrackedRuns.trial(campaign, 1))
                .metrics(List.of(new MetricPoint("train/loss", Double.NaN, 3, TrackedRuns.START)))
                .run();
        assertThatThrownBy(() -> tracker().project(List.of(campaign, diverged)))
                .isInstanceOf(TrackerException.class)
                .hasMessageContaining("train/loss is NaN");
    }

    /** A campaign and the given number of its trials. */
    protected List<TrackedRun> campaignOf(int trials) {
        return Stream.concat(
                        Stream.of(campaign),
                        IntStream.rangeClosed(1, trials).mapToObj(n -> TrackedRuns.trial(campaign, n)))
                .toList();
    }

    /** The only run with this name. */
    protected ShownRun shown(String experiment, String name) {
        List<ShownRun> found =
                shown(experiment).stream().filter(r -> r.name().equals(name)).toList();
        assertThat(found).as("runs named " + name).hasSize(1);
        return found.getFirst();
    }
}
