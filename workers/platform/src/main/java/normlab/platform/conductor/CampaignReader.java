package normlab.platform.conductor;

import static normlab.platform.conductor.Step.time;

import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.run.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.task.Tasks.ReportOutput;

/** Reads a campaign from its workflow. Trials that have ended are read once and remembered. */
final class CampaignReader {
    private final WorkflowClient client;
    private final Map<String, TrialBranch> ended = new ConcurrentHashMap<>();

    CampaignReader(WorkflowClient client) {
        this.client = client;
    }

    CampaignState read(Workflow workflow) {
        List<Step> steps = new ArrayList<>();
        List<TrialBranch> trials = new ArrayList<>();
        for (Task task : latestAttempts(workflow)) {
            switch (task.getTaskType()) {
                case "SUB_WORKFLOW" -> trials.add(branch(task));
                case "FORK", "JOIN" -> {}
                default -> steps.add(Step.of(task));
            }
        }
        return new CampaignState(campaign(workflow), steps, trials, report(workflow));
    }

    static Campaign campaign(Workflow workflow) {
        return new Campaign(
                workflow.getCorrelationId(),
                workflow.getWorkflowId(),
                Campaign.status(workflow.getStatus()),
                time(workflow.getCreateTime() == null ? 0 : workflow.getCreateTime())
                        .orElse(Instant.EPOCH),
                time(workflow.getEndTime()),
                Objects.requireNonNullElse(workflow.getReasonForIncompletion(), ""));
    }

    private static List<Task> latestAttempts(Workflow workflow) {
        Map<String, Task> latest = new LinkedHashMap<>();
        workflow.getTasks()
                .forEach(task -> latest.merge(
                        task.getReferenceTaskName(), task, (a, b) -> a.getRetryCount() > b.getRetryCount() ? a : b));
        return List.copyOf(latest.values());
    }

    private static Optional<ReportOutput> report(Workflow workflow) {
        return latestAttempts(workflow).stream()
                .filter(task -> task.getReferenceTaskName().equals("report"))
                .filter(task -> task.getStatus() == Task.Status.COMPLETED)
                .map(task -> StrictBinding.bind(Json.tree(task.getOutputData()), ReportOutput.class, "report"))
                .findAny();
    }

    private TrialBranch branch(Task task) {
        String child = task.getSubWorkflowId();
        if (child == null || child.isEmpty()) {
            return branch(task, Map.of());
        }
        TrialBranch known = ended.get(child);
        if (known != null) {
            return known;
        }
        Map<String, Task> tasks = latestAttempts(client.getWorkflow(child, true)).stream()
                .collect(Collectors.toMap(Task::getReferenceTaskName, Function.identity()));
        TrialBranch branch = branch(task, tasks);
        if (task.getStatus().isTerminal()) {
            ended.put(child, branch);
        }
        return branch;
    }

    private static TrialBranch branch(Task task, Map<String, Task> tasks) {
        Optional<Step> train = Optional.ofNullable(tasks.get("train")).map(Step::of);
        Optional<Step> evaluate = Optional.ofNullable(tasks.get("evaluate")).map(Step::of);
        Step.Status status = Step.status(task.getStatus());
        boolean begun = train.flatMap(Step::startedAt).isPresent();
        return new TrialBranch(
                prefix(task),
                status == Step.Status.RUNNING && !begun ? Step.Status.SCHEDULED : status,
                Optional.ofNullable(task.getReasonForIncompletion()),
                train,
                evaluate);
    }

    private static String prefix(Task task) {
        return Json.tree(task.getInputData())
                .path("workflowInput")
                .path("prefix")
                .asText();
    }
}
