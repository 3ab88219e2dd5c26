package normlab.app.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.Ending;
import normlab.app.campaign.SampleCampaign;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.json.Json;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final TrainingStack OTHER = new TrainingStack("source", "0.35.1", "2.8.0", "cpu-test", 1);
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final CampaignContents first = new SampleCampaign(Home.current(), store, "smoke-1").written();

    @Test
    void aTrialInTheStoreIsAHitWithItsWholeChain() {
        CampaignContents.Trial trial = first.trials().getFirst();
        Explanation explanation = new Explainer(store)
                .explain("label", trial.identity(), trial.planned().id(), List.of("smoke-1"));
        assertThat(explanation.complete()).isTrue();
        assertThat(explanation.runs()).containsExactly("smoke-1");
        assertThat(explanation.chain().journal()).hasSize(10);
        assertThat(explanation.chain().training()).isPresent();
        assertThat(explanation.chain().scored()).isPresent();
        assertThat(explanation.chain().attempts()).extracting(TaskAttempt::name).containsExactly("train", "evaluate");
    }

    @Test
    void theAttemptsAreThoseOfTheFirstCampaignThatTrainedIt() {
        CampaignContents.Trial trial = first.trials().getFirst();
        TrialId id = trial.planned().id();
        List<TaskAttempt> attempts = List.of(
                attempt(1, TaskStatus.FAILED, Optional.of("the worker was lost")),
                attempt(2, TaskStatus.COMPLETED, Optional.empty()));
        end("smoke-1", SampleCampaign.START.plusSeconds(60), Map.of(id, attempts));
        new SampleCampaign(Home.current(), store, "smoke-2").written();
        end("smoke-2", SampleCampaign.START.plusSeconds(90), Map.of(id, List.of()));

        Explanation explanation =
                new Explainer(store).explain("label", trial.identity(), id, List.of("smoke-2", "smoke-1"));

        assertThat(explanation.chain().attempts()).isEqualTo(attempts);
    }

    private static TaskAttempt attempt(int number, TaskStatus status, Optional<String> reason) {
        Optional<Instant> at = Optional.of(SampleCampaign.START);
        return new TaskAttempt("train", status, number, Optional.of("slot-1"), at, at, at, reason, Optional.empty());
    }

    private void end(String run, Instant at, Map<TrialId, List<TaskAttempt>> timelines) {
        Ending ending = new Ending(
                at, 1, Optional.empty(), Map.of(), Optional.of(timelines), Optional.empty(), Optional.empty());
        store.put(new CampaignArchive(store, run).key("ending.json"), Json.bytes(ending));
    }

    @Test
    void aMissNamesTheFieldInWhichTheNearestCompleteTrialDiffers() {
        TrialIdentity stored = first.trials().getFirst().identity();
        TrialIdentity asked = new TrialIdentity(stored.spec(), stored.datasetFingerprint(), OTHER);
        Explanation explanation =
                new Explainer(store).explain("label", asked, TrialId.shared(asked.key()), List.of("smoke-1"));
        assertThat(explanation.complete()).isFalse();
        assertThat(explanation.runs()).isEmpty();
        Explanation.Nearest nearest = explanation.nearest().orElseThrow();
        assertThat(nearest.key()).isEqualTo(stored.key());
        assertThat(nearest.differences()).containsExactly(new IdentityDifference("stack.pytorch", "2.8.0", "2.7.1"));
    }

    @Test
    void aKeyIsFoundByItsFirstDigits() {
        String key = first.trials().getFirst().planned().key();
        assertThat(new Explainer(store).keyOf(key.substring(0, 12))).isEqualTo(key);
        assertThatThrownBy(() -> new Explainer(store).keyOf("zz")).hasMessageContaining("begins no key");
    }

    @Test
    void aRerunOfTheSameBytesIsByteEqual() {
        CampaignContents again = new SampleCampaign(Home.current(), store, "smoke-2")
                .repeating("smoke-1")
                .written();
        RerunComparison comparison = RerunComparison.of(first, again);
        assertThat(comparison.standing()).isEqualTo(RerunComparison.Agreement.BYTE_EQUAL);
        assertThat(comparison.equal()).isEqualTo(4);
    }

    @Test
    void aCampaignWithoutResultsIsNotSaidToComeOutTheSame() {
        List<CampaignContents.Trial> failed = first.trials().stream()
                .map(t -> new CampaignContents.Trial(
                        t.planned(), t.identity(), t.journal(), t.probes(), t.resources(), Optional.empty()))
                .toList();
        CampaignContents nothing = new CampaignContents(
                first.record(), first.experiment(), first.plan(), failed, first.abort(), first.ending());
        RerunComparison comparison = RerunComparison.of(nothing, first);
        assertThat(comparison.standing()).isEqualTo(RerunComparison.Agreement.DIFFERENT);
        assertThat(comparison.sentence()).startsWith("Nothing to compare");
    }

    @Test
    void otherBytesOnTheSameStackAreDifferentAndTheFirstDifferenceIsNamed() {
        CampaignContents again = new SampleCampaign(Home.current(), store, "smoke-2")
                .repeating("smoke-1")
                .on(SampleCampaign.STACK, 0.001)
                .written();
        RerunComparison comparison = RerunComparison.of(first, again);
        assertThat(comparison.standing()).isEqualTo(RerunComparison.Agreement.DIFFERENT);
        assertThat(comparison.first().orElseThrow())
                .contains("sigmoid-bn-s1 at epoch 1")
                .contains("2.001 now");
    }

    @Test
    void otherBytesOfAnotherLibraryAreWithinSeedNoiseIfTheyAreAsNearAsSeeds() {
        CampaignContents again = new SampleCampaign(Home.current(), store, "smoke-2")
                .repeating("smoke-1")
                .on(OTHER, 0.001)
                .written();
        RerunComparison comparison = RerunComparison.of(first, again);
        assertThat(comparison.standing()).isEqualTo(RerunComparison.Agreement.WITHIN_SEED_NOISE);
        assertThat(comparison.stackDifferences())
                .containsExactly(new IdentityDifference("stack.pytorch", "2.8.0", "2.7.1"));
    }

    @Test
    void otherBytesOfAnotherLibraryAreDifferentIfTheyAreFartherThanSeeds() {
        CampaignContents again = new SampleCampaign(Home.current(), store, "smoke-2")
                .repeating("smoke-1")
                .on(OTHER, 0.05)
                .written();
        RerunComparison comparison = RerunComparison.of(first, again);
        assertThat(comparison.standing()).isEqualTo(RerunComparison.Agreement.DIFFERENT);
        assertThat(comparison.sentence()).contains("Beyond seed noise in sigmoid-bn");
    }
}
