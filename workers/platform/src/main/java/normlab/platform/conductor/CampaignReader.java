package normlab.platform.conductor;

import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.run.Workflow;
import com.netflix.conductor.common.run.WorkflowSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.task.TaskAttempt;
import normlab.task.Tasks.ReportOutput;
import org.jspecify.annotations.Nullable;

/** Reads campaigns from their workflows. */
final class CampaignReader {
    private final WorkflowClient workflows;
    private final TrialBranches branches;
    private final Map<String, List<Task>> endedGroups = new ConcurrentHashMap<>();

    CampaignReader(WorkflowClient workflows, TaskClient tasks) {
        this.workflows = workflows;
        branches = new TrialBranches(workflows, tasks);
    }

    CampaignState read(Workflow workflow) {
        List<Task> forks = forks(TrialBranches.latestAttempts(workflow))
                .flatMap(this::trials)
                .toList();
        return state(workflow, branches.read(forks));
    }

    static CampaignState outline(Workflow workflow) {
        return state(workflow, List.of());
    }

    private static CampaignState state(Workflow workflow, List<TrialBranch> trials) {
        Map<String, Task> tasks = TrialBranches.latestAttempts(workflow);
        List<TaskAttempt> steps = tasks.values().stream()
                .filter(CampaignReader::isWork)
                .map(TaskAttempts::of)
                .toList();
        return new CampaignState(campaign(workflow), steps, trials, report(tasks.get("report")));
    }

    private static Stream<Task> forks(Map<String, Task> tasks) {
        return tasks.values().stream().filter(task -> task.getTaskType().equals("SUB_WORKFLOW"));
    }

    /** The sub-workflow tasks of trials: the fork itself, or those in the group that it starts. */
    private Stream<Task> trials(Task fork) {
        if (!fork.getTaskDefName().equals(WorkflowDefinitions.TRIAL_GROUP)) {
            return Stream.of(fork);
        }
        String group = fork.getSubWorkflowId();
        if (group == null || group.isEmpty()) {
            return Stream.empty();
        }
        if (!fork.getStatus().isTerminal()) {
            return trialsOfGroup(group).stream();
        }
        return endedGroups.computeIfAbsent(group, this::trialsOfGroup).stream();
    }

    private List<Task> trialsOfGroup(String group) {
        return forks(TrialBranches.latestAttempts(workflows.getWorkflow(group, true)))
                .toList();
    }

    static Campaign campaign(Workflow workflow) {
        Long created = workflow.getCreateTime();
        return new Campaign(
                workflow.getCorrelationId(),
                workflow.getWorkflowId(),
                Campaign.status(workflow.getStatus()),
                Instant.ofEpochMilli(created == null ? 0 : created),
                TaskAttempts.time(workflow.getEndTime()),
                Optional.ofNullable(workflow.getReasonForIncompletion()));
    }

    static Campaign campaign(WorkflowSummary summary) {
        return new Campaign(
                summary.getCorrelationId(),
                summary.getWorkflowId(),
                Campaign.status(summary.getStatus()),
                Instant.parse(summary.getStartTime()),
                time(summary.getEndTime()),
                Optional.ofNullable(summary.getReasonForIncompletion()).filter(reason -> !reason.isEmpty()));
    }

    private static Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(t -> !t.isEmpty())
                .map(Instant::parse)
                .filter(t -> t.isAfter(Instant.EPOCH));
    }

    private static boolean isWork(Task task) {
        return switch (task.getTaskType()) {
            case "SUB_WORKFLOW", "FORK", "FORK_JOIN_DYNAMIC", "JOIN" -> false;
            default -> true;
        };
    }

    private static Optional<ReportOutput> report(@Nullable Task task) {
        return Optional.ofNullable(task)
                .filter(t -> t.getStatus() == Task.Status.COMPLETED)
                .map(t -> StrictBinding.bind(Json.tree(t.getOutputData()), ReportOutput.class, "output of report"));
    }
}
