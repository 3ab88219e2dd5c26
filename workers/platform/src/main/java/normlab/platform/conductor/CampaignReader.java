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
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.task.Tasks.ReportOutput;
import org.jspecify.annotations.Nullable;

/** Reads campaigns from their workflows. */
final class CampaignReader {
    private final TrialBranches branches;

    CampaignReader(WorkflowClient workflows, TaskClient tasks) {
        branches = new TrialBranches(workflows, tasks);
    }

    CampaignState read(Workflow workflow) {
        Map<String, Task> tasks = TrialBranches.latestAttempts(workflow);
        List<Task> forks = tasks.values().stream()
                .filter(task -> task.getTaskType().equals("SUB_WORKFLOW"))
                .toList();
        List<Step> steps = tasks.values().stream()
                .filter(CampaignReader::isWork)
                .map(Step::of)
                .toList();
        return new CampaignState(campaign(workflow), steps, branches.read(forks), report(tasks.get("report")));
    }

    static Campaign campaign(Workflow workflow) {
        Long created = workflow.getCreateTime();
        return new Campaign(
                workflow.getCorrelationId(),
                workflow.getWorkflowId(),
                Campaign.status(workflow.getStatus()),
                Instant.ofEpochMilli(created == null ? 0 : created),
                Step.time(workflow.getEndTime()),
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
