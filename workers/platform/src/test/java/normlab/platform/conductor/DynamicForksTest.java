package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import normlab.experiment.DatasetSpec;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;
import org.junit.jupiter.api.Test;

class DynamicForksTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void aTrialIsAnOptionalSubWorkflowNamedByItsKey() {
        Map<String, Object> output = DynamicForks.of(trials(new TrialInput("r1", "trials/" + KEY)));

        assertThat(output.get("trialTasks"))
                .isEqualTo(List.of(Map.of(
                        "name", "trial",
                        "type", "SUB_WORKFLOW",
                        "taskReferenceName", "trial_0123456789ab",
                        "optional", true,
                        "subWorkflowParam", Map.of("name", "trial", "version", 1))));
        assertThat(output.get("trialInputs"))
                .isEqualTo(Map.of("trial_0123456789ab", Map.of("run", "r1", "prefix", "trials/" + KEY)));
    }

    @Test
    void keysThatBeginAlikeGetNamesOfTheirOwn() {
        Map<String, Object> output = DynamicForks.of(
                trials(new TrialInput("r1", "trials/" + KEY), new TrialInput("r1", "runs/r1/trials/" + KEY)));

        assertThat(output.get("trialInputs"))
                .isEqualTo(Map.of(
                        "trial_0123456789ab", Map.of("run", "r1", "prefix", "trials/" + KEY),
                        "trial_0123456789ab_2", Map.of("run", "r1", "prefix", "runs/r1/trials/" + KEY)));
    }

    @Test
    void aDatasetIsATaskThatTheCampaignCannotDoWithout() {
        Map<String, Object> output = DynamicForks.of(new PlanOutput(
                List.of(new PrepareDatasetInput(new DatasetSpec("fashion-mnist", 10, 2), "f1")), List.of(), 4));

        assertThat(output)
                .containsEntry("cached", 4)
                .containsEntry(
                        "datasetTasks",
                        List.of(Map.of(
                                "name", "prepare_dataset",
                                "type", "SIMPLE",
                                "taskReferenceName", "dataset_fashion_mnist")))
                .containsEntry(
                        "datasetInputs",
                        Map.of(
                                "dataset_fashion_mnist",
                                Map.of(
                                        "dataset",
                                        Map.of(
                                                "name", "fashion-mnist",
                                                "trainPerClass", 10,
                                                "validationPerClass", 2),
                                        "fingerprint",
                                        "f1")))
                .containsEntry("trialTasks", List.of());
    }

    private static PlanOutput trials(TrialInput... trials) {
        return new PlanOutput(List.of(), List.of(trials), 0);
    }
}
