package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.SampleCampaign;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.dataset.DatasetCatalog;
import normlab.port.StoreException;
import normlab.provenance.TrainingStack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.SilentContext;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class RepairingTrialTest {
    private static final String IMAGES = "datasets/d/0/train.images";

    private final DamagedStore store = new DamagedStore();
    private final CampaignContents campaign = new SampleCampaign(Home.current(), store, "r").written();
    private final TrialId id = campaign.trials().getFirst().planned().id();
    private TrainingStack stack = SampleCampaign.STACK;
    private final List<PrepareDatasetInput> prepared = new ArrayList<>();

    @Test
    void aDamagedDatasetIsPreparedAgainAndTheTaskGoesOn() throws Exception {
        store.put(IMAGES, new byte[] {1});
        store.damage(IMAGES);
        assertThat(run(input -> store.require(IMAGES).length)).isEqualTo(2);
        assertThat(prepared)
                .extracting(PrepareDatasetInput::fingerprint)
                .containsExactly(campaign.trials().getFirst().identity().datasetFingerprint());
    }

    @Test
    void aDatasetThatAnotherProcessHasJustSetAsideIsPreparedToo() throws Exception {
        assertThat(run(input -> store.require(IMAGES).length)).isEqualTo(2);
    }

    @Test
    void whatAnotherProcessHasMadeAgainMeanwhileIsReadAgain() throws Exception {
        List<String> calls = new ArrayList<>();
        assertThat(run(input -> {
                    calls.add(input.trial().prefix());
                    if (calls.size() == 1) {
                        store.put(IMAGES, new byte[] {1, 2});
                        throw new StoreException("[" + IMAGES + "] is not in the store", false);
                    }
                    return store.require(IMAGES).length;
                }))
                .isEqualTo(2);
        assertThat(prepared).as("by this process").isEmpty();
    }

    @Test
    void aDamagedSpecIsMadeAgainFromTheExperimentOfTheCampaign() throws Exception {
        byte[] before = store.require(id + "/spec.json");
        store.put(IMAGES, new byte[] {1});
        store.damage(id + "/spec.json");
        assertThat(run(input -> store.require(id + "/spec.json").length)).isEqualTo(before.length);
        assertThat(store.require(id + "/spec.json")).isEqualTo(before);
    }

    @Test
    void aLostSpecThatThisVersionWouldNotWriteIsNotMadeUp() {
        store.put(IMAGES, new byte[] {1});
        store.delete(id + "/spec.json");
        stack = new TrainingStack("other source", "0.35.1", "2.7.1", "cpu-test", 1);
        assertThatThrownBy(() -> run(input -> store.require(id + "/spec.json").length))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("[" + id + "] has lost its spec.json")
                .hasMessageContaining("start the campaign again");
    }

    @Test
    void whatCannotBeMadeAgainFailsAndSaysWhatToDo() {
        store.put(IMAGES, new byte[] {1});
        store.damage("runs/r/plan.json");
        assertThatThrownBy(() -> run(input -> new CampaignArchive(store, "r")
                        .plan()
                        .orElseThrow()
                        .trials()
                        .size()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("[runs/r/plan.json] is damaged")
                .hasMessageContaining("start the campaign again");
    }

    @Test
    void anEvaluationThatMissesADamagedModelSaysHowTheTrialIsTrainedAgain() {
        store.damage(id + "/model.safetensors");
        store.put(IMAGES, new byte[] {1});
        assertThatThrownBy(() -> run(input -> {
                    if (!store.exists(id + "/training.json")) {
                        throw TaskFailure.permanent("train it first");
                    }
                    return store.require(id + "/model.safetensors").length;
                }))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("model.safetensors] is damaged")
                .hasMessageContaining("./normlab resume r");
        assertThat(store.exists(id + "/result.json")).isFalse();
    }

    private int run(Body work) throws TaskFailure, TaskInProgress {
        LostSpecs specs = new LostSpecs(store, new DatasetCatalog(Home.current().datasets()), () -> stack);
        return new RepairingTrial<>(new Work(work), new Preparation(), store, new Repair(store), specs)
                .run(new TrialInput("r", id), new SilentContext())
                .value();
    }

    private record Value(int value) {}

    private interface Body {
        int run(TrialInput input) throws TaskFailure;
    }

    private record Work(Body work) implements Task<TrialInput, Value> {
        @Override
        public String name() {
            return "work";
        }

        @Override
        public Class<TrialInput> inputType() {
            return TrialInput.class;
        }

        @Override
        public Value run(TrialInput input, TaskContext context) throws TaskFailure {
            return new Value(work.run(input));
        }
    }

    private final class Preparation implements Task<PrepareDatasetInput, PrepareDatasetOutput> {
        @Override
        public String name() {
            return "prepare_dataset";
        }

        @Override
        public Class<PrepareDatasetInput> inputType() {
            return PrepareDatasetInput.class;
        }

        @Override
        public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) {
            boolean reused = store.exists(IMAGES);
            if (!reused) {
                prepared.add(input);
                store.put(IMAGES, new byte[] {1, 2});
            }
            return new PrepareDatasetOutput("datasets/d/0", reused, 1, 1, 1);
        }
    }
}
