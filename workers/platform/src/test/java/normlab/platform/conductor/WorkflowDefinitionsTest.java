package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.netflix.conductor.common.metadata.tasks.TaskDef;
import com.netflix.conductor.common.metadata.workflow.WorkflowDef;
import com.netflix.conductor.common.metadata.workflow.WorkflowTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.task.Tasks.PlanGroupInput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.task.Tasks.TrialInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowDefinitionsTest {
    private static final WorkflowDefinitions DEFINITIONS = WorkflowDefinitions.read(RunningConductor.workflows());

    private static final Map<String, Class<? extends Record>> INPUTS = Map.of(
            "plan", PlanInput.class,
            "plan_group", PlanGroupInput.class,
            "prepare_dataset", PrepareDatasetInput.class,
            "train", TrialInput.class,
            "evaluate", TrialInput.class,
            "report", ReportInput.class);

    @Test
    void everyTaskOfTheWorkflowsIsDefined() {
        assertThat(simpleTasks())
                .extracting(WorkflowTask::getName)
                .containsExactlyInAnyOrder("plan", "plan_group", "train", "evaluate", "report");
        assertThat(DEFINITIONS.tasks())
                .extracting(TaskDef::getName)
                .containsExactlyInAnyOrderElementsOf(INPUTS.keySet());
    }

    @Test
    void theInputsOfATaskAreTheComponentsOfItsRecord() {
        assertThat(simpleTasks())
                .allSatisfy(task -> assertThat(task.getInputParameters().keySet())
                        .as(task.getName())
                        .isEqualTo(components(Objects.requireNonNull(INPUTS.get(task.getName())))));
    }

    /** In place of nothing Conductor gives back the output of the last task: all trials, and a campaign has hundreds. */
    @Test
    void everyWorkflowSaysWhatItGivesBack() {
        assertThat(DEFINITIONS.workflows())
                .allSatisfy(workflow -> assertThat(workflow.getOutputParameters())
                        .as(workflow.getName())
                        .isNotEmpty());
    }

    @Test
    void theInputsOfAWorkflowAreThoseThatItsTasksReferTo() {
        assertThat(workflow("benchmark").getInputParameters())
                .containsExactlyInAnyOrderElementsOf(components(PlanInput.class));
        assertThat(workflow("trial_group").getInputParameters())
                .containsExactlyInAnyOrderElementsOf(components(PlanGroupInput.class));
        assertThat(workflow("trial").getInputParameters())
                .containsExactlyInAnyOrderElementsOf(components(TrialInput.class));
        assertThat(simpleTasks())
                .allSatisfy(task -> task.getInputParameters()
                        .forEach((name, value) ->
                                assertThat(value).as(task.getName()).isEqualTo("${workflow.input." + name + "}")));
    }

    @Test
    void theForksReferToWhatThePlanGives() {
        PlanOutput nothing = new PlanOutput(List.of(), List.of(), 0);
        Set<String> plan = DynamicForks.of(new PlanInput("r1", false), nothing, TrialRouting.ANYWHERE)
                .keySet();
        Set<String> group = DynamicForks.ofGroup(
                        new PlanGroupInput("r1", false, 0, 1), List.of(), TrialRouting.ANYWHERE)
                .keySet();

        assertThat(forkInputs("benchmark"))
                .hasSize(4)
                .allSatisfy(value -> assertThat(plan)
                        .contains(value.replace("${plan.output.", "").replace("}", "")));
        assertThat(forkInputs("trial_group"))
                .hasSize(2)
                .allSatisfy(value -> assertThat(group)
                        .contains(value.replace("${plan_group.output.", "").replace("}", "")));
    }

    private static List<String> forkInputs(String workflow) {
        return workflow(workflow).getTasks().stream()
                .filter(task -> task.getType().equals("FORK_JOIN_DYNAMIC"))
                .flatMap(task -> task.getInputParameters().values().stream())
                .map(Object::toString)
                .toList();
    }

    @Test
    void theOutputOfACampaignIsThatOfItsReport() {
        assertThat(workflow("benchmark").getOutputParameters().keySet()).isEqualTo(components(ReportOutput.class));
    }

    @Test
    void everyTaskIsTriedAgainWithinABoundedTime() {
        assertThat(DEFINITIONS.tasks()).allSatisfy(task -> {
            assertThat(task.getTimeoutPolicy()).isEqualTo(TaskDef.TimeoutPolicy.RETRY);
            assertThat(task.getRetryCount()).isGreaterThanOrEqualTo(3);
            assertThat(task.getResponseTimeoutSeconds()).isBetween(120L, 300L);
            assertThat(task.getTimeoutSeconds()).isGreaterThan(task.getResponseTimeoutSeconds());
        });
    }

    @Test
    void theTableOfTimeoutsSaysWhatTheDefinitionsSay() throws IOException {
        String page = Files.readString(RunningConductor.workflows().resolve("README.md"));
        assertThat(DEFINITIONS.tasks())
                .allSatisfy(task -> assertThat(page)
                        .contains("| `%s` | %s | %s | %d | %d s, doubling |"
                                .formatted(
                                        task.getName(),
                                        words(task.getResponseTimeoutSeconds()),
                                        words(task.getTimeoutSeconds()),
                                        1 + task.getRetryCount(),
                                        task.getRetryDelaySeconds())));
    }

    private static String words(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        return time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    @Test
    void aFileThatIsNoDefinitionIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tasks.json"), "[{\"name\":");

        assertThatThrownBy(() -> WorkflowDefinitions.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve("tasks.json").toString());
    }

    private static List<WorkflowTask> simpleTasks() {
        return DEFINITIONS.workflows().stream()
                .flatMap(workflow -> workflow.getTasks().stream())
                .filter(task -> task.getType().equals("SIMPLE"))
                .toList();
    }

    private static WorkflowDef workflow(String name) {
        return DEFINITIONS.workflows().stream()
                .filter(workflow -> workflow.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static Set<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(StrictBinding::name)
                .collect(Collectors.toSet());
    }
}
