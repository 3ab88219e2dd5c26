package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.provenance.Sha256;
import normlab.task.Tasks.PlanGroupInput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class DynamicForksTest {
    private static final PlanInput ASKED = new PlanInput("r1", false);
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    void aTrialIsAnOptionalSubWorkflowNamedByItsKey() {
        Map<String, Object> output = forks(ASKED, trials(new TrialInput("r1", TrialId.at("trials/" + KEY))));

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
    void onlyTheTrainingOfARoutedTrialIsForTheWorkersOfItsDomain() {
        Map<String, Object> output = DynamicForks.of(
                ASKED, trials(new TrialInput("r1", TrialId.at("trials/" + KEY))), trial -> Optional.of("gpu-32g"));

        assertThat(output.get("trialTasks"))
                .asInstanceOf(LIST)
                .singleElement(MAP)
                .containsEntry(
                        "subWorkflowParam",
                        Map.of("name", "trial", "version", 1, "taskToDomain", Map.of("train", "gpu-32g")));
    }

    @Test
    void keysThatBeginAlikeGetNamesOfTheirOwn() {
        Map<String, Object> output = forks(
                ASKED,
                trials(
                        new TrialInput("r1", TrialId.at("trials/" + KEY)),
                        new TrialInput("r1", TrialId.at("runs/r1/trials/" + KEY))));

        assertThat(output.get("trialInputs"))
                .isEqualTo(Map.of(
                        "trial_0123456789ab", Map.of("run", "r1", "prefix", "trials/" + KEY),
                        "trial_0123456789ab_2", Map.of("run", "r1", "prefix", "runs/r1/trials/" + KEY)));
    }

    @Test
    void aDatasetIsATaskThatTheCampaignCannotDoWithout() {
        Map<String, Object> output = forks(
                ASKED,
                new PlanOutput(
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

    @Test
    void aCampaignThatFailsFastCannotDoWithoutAnyTrial() {
        Map<String, Object> output =
                forks(new PlanInput("r1", true), trials(new TrialInput("r1", TrialId.at("trials/" + KEY))));

        assertThat(tasks(output))
                .singleElement()
                .satisfies(task -> assertThat(task).containsEntry("optional", false));
    }

    @Test
    void hundredsOfTrialsRunInGroupsThatMakeUpTheWholePlan() {
        PlanOutput plan = new PlanOutput(
                List.of(),
                IntStream.range(0, 2 * DynamicForks.GROUP + 1)
                        .mapToObj(i -> new TrialInput(
                                "a-run-with-a-name-20261125-131356", TrialId.at("trials/" + Sha256.of("" + i))))
                        .toList(),
                0);

        Map<String, Object> output = forks(ASKED, plan);

        assertThat(tasks(output))
                .hasSize(3)
                .allSatisfy(task -> assertThat(task)
                        .containsEntry("subWorkflowParam", Map.of("name", "trial_group", "version", 1)));
        List<PlanGroupInput> groups = inputs(output).stream()
                .map(input -> StrictBinding.bind(Json.tree(input), PlanGroupInput.class, "group"))
                .toList();
        List<Object> branches = new ArrayList<>();
        for (PlanGroupInput group : groups) {
            Map<String, Object> part = DynamicForks.ofGroup(group, plan.trials(), TrialRouting.ANYWHERE);
            assertThat(Json.bytes(part)).hasSizeLessThan(64_000);
            branches.addAll(inputs(part));
        }
        assertThat(branches).isEqualTo(plan.trials().stream().map(Json::map).toList());
    }

    private static Collection<?> inputs(Map<String, Object> output) {
        return ((Map<?, ?>) Objects.requireNonNull(output.get("trialInputs"))).values();
    }

    private static List<Map<String, Object>> tasks(Map<String, Object> output) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        for (Object task : (List<?>) Objects.requireNonNull(output.get("trialTasks"))) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) task).forEach((key, value) -> copy.put(String.valueOf(key), value));
            tasks.add(copy);
        }
        return tasks;
    }

    private static PlanOutput trials(TrialInput... trials) {
        return new PlanOutput(List.of(), List.of(trials), 0);
    }

    private static Map<String, Object> forks(PlanInput asked, PlanOutput plan) {
        return DynamicForks.of(asked, plan, TrialRouting.ANYWHERE);
    }
}
