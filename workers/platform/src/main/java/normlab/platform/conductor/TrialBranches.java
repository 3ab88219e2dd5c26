package normlab.platform.conductor;

import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.run.TaskSummary;
import com.netflix.conductor.common.run.Workflow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import normlab.json.Json;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.trial.TrialId;

/**
 * Reads the trials of campaigns with few requests: reading a hundred sub-workflows each second costs a third of a core.
 * One search finds those with a running task, and only those are read. What the search index may miss is caught by
 * reading all of them now and then. Ended trials are read once.
 */
final class TrialBranches {
    private static final String AT_WORK = "workflowType='" + WorkflowDefinitions.TRIAL + "' AND status='IN_PROGRESS'";
    private static final int MOST_AT_WORK = 1_000;
    private static final long SWEEP_NANOS = 10_000_000_000L;

    private final WorkflowClient workflows;
    private final TaskClient tasks;
    private final Map<String, TrialBranch> begun = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private long nextSweep = System.nanoTime();

    TrialBranches(WorkflowClient workflows, TaskClient tasks) {
        this.workflows = workflows;
        this.tasks = tasks;
    }

    /** @param forks the sub-workflow tasks of the campaign, one for each trial */
    synchronized List<TrialBranch> read(List<Task> forks) {
        if (forks.stream().allMatch(fork -> ended.contains(child(fork)))) {
            return forks.stream()
                    .map(fork -> begun.getOrDefault(child(fork), waiting(fork)))
                    .toList();
        }
        boolean sweep = System.nanoTime() - nextSweep >= 0;
        if (sweep) {
            nextSweep = System.nanoTime() + SWEEP_NANOS;
        }
        Set<String> atWork = sweep ? Set.of() : atWork();
        return forks.stream()
                .map(fork -> branch(fork, sweep || atWork.contains(child(fork))))
                .toList();
    }

    private Set<String> atWork() {
        return tasks.search(0, MOST_AT_WORK, "startTime:DESC", "*", AT_WORK).getResults().stream()
                .map(TaskSummary::getWorkflowId)
                .collect(Collectors.toSet());
    }

    private TrialBranch branch(Task fork, boolean look) {
        String child = child(fork);
        TrialBranch known = begun.get(child);
        boolean over = fork.getStatus().isTerminal();
        if (child.isEmpty() || known == null && !look && !over) {
            return waiting(fork);
        }
        if (known != null && ended.contains(child)) {
            return known;
        }
        TrialBranch branch = branch(fork, workflows.getWorkflow(child, true));
        if (over || branch.status() != TaskStatus.SCHEDULED) {
            begun.put(child, branch);
        }
        if (over) {
            ended.add(child);
        }
        return branch;
    }

    /** The latest attempt of each task by reference name, in the order of the first attempts. */
    static Map<String, Task> latestAttempts(Workflow workflow) {
        Map<String, Task> latest = new LinkedHashMap<>();
        workflow.getTasks()
                .forEach(task -> latest.merge(
                        task.getReferenceTaskName(), task, (a, b) -> a.getRetryCount() > b.getRetryCount() ? a : b));
        return latest;
    }

    private static TrialBranch waiting(Task fork) {
        return branch(fork, new Workflow());
    }

    private static TrialBranch branch(Task fork, Workflow trial) {
        Map<String, Task> tasks = latestAttempts(trial);
        Optional<TaskAttempt> train = Optional.ofNullable(tasks.get("train")).map(TaskAttempts::of);
        Optional<TaskAttempt> evaluate =
                Optional.ofNullable(tasks.get("evaluate")).map(TaskAttempts::of);
        TaskStatus status = TaskAttempts.status(fork.getStatus());
        boolean begun = train.filter(step -> step.startedAt().isPresent() || step.attempt() > 1)
                .isPresent();
        return new TrialBranch(
                trial(fork),
                status == TaskStatus.RUNNING && !begun ? TaskStatus.SCHEDULED : status,
                trial.getStatus() == Workflow.WorkflowStatus.PAUSED,
                reason(fork, tasks),
                train,
                evaluate,
                trial.getTasks().stream().map(TaskAttempts::of).toList());
    }

    /** The server marks a fork as failed a moment before it gives the reason; the failed task has it at once. */
    private static Optional<String> reason(Task fork, Map<String, Task> tasks) {
        return Optional.ofNullable(fork.getReasonForIncompletion())
                .or(() -> tasks.values().stream()
                        .filter(task -> TaskAttempts.status(task.getStatus()) == TaskStatus.FAILED)
                        .findFirst()
                        .map(Task::getReasonForIncompletion));
    }

    private static String child(Task fork) {
        return fork.getSubWorkflowId() == null ? "" : fork.getSubWorkflowId();
    }

    private static TrialId trial(Task fork) {
        return TrialId.at(Json.tree(fork.getInputData())
                .path("workflowInput")
                .path("prefix")
                .asText());
    }
}
