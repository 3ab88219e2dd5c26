package normlab.platform.conductor;

import com.netflix.conductor.common.metadata.tasks.TaskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import normlab.campaign.CampaignStatus;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.task.Tasks.ReportOutput;
import normlab.trial.TrialId;
import org.jspecify.annotations.Nullable;

/** One go of a campaign: plan, datasets, trials side by side, report; each trial trains and is evaluated. */
final class InMemoryCampaign {
    private static final int ATTEMPTS = 3;

    private final String run;
    private final boolean failFast;
    private final Function<String, BlockingQueue<InMemoryTask>> queues;
    private final List<InMemoryTask> steps = new CopyOnWriteArrayList<>();
    private final List<Trial> trials = new CopyOnWriteArrayList<>();
    private volatile Campaign campaign;
    private volatile Optional<ReportOutput> report = Optional.empty();

    /** @param queues of tasks that wait for a worker, by their names */
    InMemoryCampaign(
            String run, boolean failFast, String workflow, Function<String, BlockingQueue<InMemoryTask>> queues) {
        this.run = run;
        this.failFast = failFast;
        this.queues = queues;
        campaign =
                new Campaign(run, workflow, CampaignStatus.RUNNING, Instant.now(), Optional.empty(), Optional.empty());
    }

    private static final class Trial {
        private final TrialId id;
        private final List<InMemoryTask> attempts = new CopyOnWriteArrayList<>();
        private volatile TaskStatus status = TaskStatus.SCHEDULED;

        Trial(TrialId id) {
            this.id = id;
        }

        /** Does nothing if it has ended. */
        synchronized void end(TaskStatus how) {
            if (status == TaskStatus.SCHEDULED) {
                status = how;
            }
        }
    }

    private static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        FailedException(String reason) {
            super(reason);
        }
    }

    void start() {
        Thread.ofVirtual().start(() -> go(this::campaign, reason -> end(CampaignStatus.FAILED, reason)));
    }

    Campaign facts() {
        return campaign;
    }

    CampaignState outline() {
        return new CampaignState(facts(), steps.stream().map(InMemoryTask::step).toList(), List.of(), report);
    }

    CampaignState state() {
        return new CampaignState(
                facts(),
                outline().steps(),
                trials.stream().map(InMemoryCampaign::branch).toList(),
                report);
    }

    boolean failsFast() {
        return failFast;
    }

    /** Does nothing if it has ended. */
    synchronized void end(CampaignStatus status, Optional<String> reason) {
        if (campaign.status().ended()) {
            return;
        }
        campaign = new Campaign(
                run, campaign.workflowId(), status, campaign.startedAt(), Optional.of(Instant.now()), reason);
        trials.forEach(trial -> {
            trial.end(TaskStatus.CANCELLED);
            trial.attempts.forEach(InMemoryTask::cancel);
        });
        steps.forEach(InMemoryTask::cancel);
    }

    private interface Part {
        void go() throws FailedException, InterruptedException;
    }

    private void go(Part part, Consumer<Optional<String>> failed) {
        try {
            part.go();
        } catch (FailedException e) {
            failed.accept(Optional.ofNullable(e.getMessage()));
        } catch (CancellationException | InterruptedException e) {
            end(CampaignStatus.CANCELLED, Optional.empty());
        }
    }

    private void campaign() throws FailedException, InterruptedException {
        Map<String, Object> plan =
                execute(campaign.workflowId(), steps, "plan", "plan", Map.of("run", run, "failFast", failFast));
        for (Map.Entry<String, Object> dataset : map(plan.get("datasetInputs")).entrySet()) {
            execute(campaign.workflowId(), steps, "prepare_dataset", dataset.getKey(), map(dataset.getValue()));
        }
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Object input : map(plan.get("trialInputs")).values()) {
            Map<String, Object> branch = map(input);
            if (branch.containsKey("prefix")) {
                inputs.add(branch);
            } else {
                Map<String, Object> group =
                        execute(campaign.workflowId(), new ArrayList<>(), "plan_group", "plan_group", branch);
                map(group.get("trialInputs")).values().forEach(trial -> inputs.add(map(trial)));
            }
        }
        List<Thread> running = new ArrayList<>();
        for (Map<String, Object> input : inputs) {
            Trial trial = new Trial(TrialId.at(String.valueOf(input.get("prefix"))));
            trials.add(trial);
            running.add(Thread.ofVirtual().start(() -> go(() -> trial(trial, input), reason -> failed(trial, reason))));
        }
        for (Thread thread : running) {
            thread.join();
        }
        Map<String, Object> written = execute(campaign.workflowId(), steps, "report", "report", Map.of("run", run));
        report = Optional.of(StrictBinding.bind(Json.tree(written), ReportOutput.class, "output of report"));
        end(CampaignStatus.COMPLETED, Optional.empty());
    }

    private void trial(Trial trial, Map<String, Object> input) throws FailedException, InterruptedException {
        execute(trial.id.prefix(), trial.attempts, "train", "train", input);
        execute(trial.id.prefix(), trial.attempts, "evaluate", "evaluate", input);
        trial.end(TaskStatus.COMPLETED);
    }

    private void failed(Trial trial, Optional<String> reason) {
        trial.end(TaskStatus.FAILED);
        if (failFast) {
            end(CampaignStatus.FAILED, reason);
        }
    }

    /** @return the output of the attempt that succeeds */
    private Map<String, Object> execute(
            String workflow, List<InMemoryTask> attempts, String name, String reference, Map<String, Object> input)
            throws FailedException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            InMemoryTask task = new InMemoryTask(
                    workflow, reference, attempt, input, () -> facts().status().ended());
            attempts.add(task);
            if (task.ended()) {
                task.cancel();
            }
            queues.apply(name).add(task);
            TaskResult result = task.await();
            if (result.getStatus() == TaskResult.Status.COMPLETED) {
                return result.getOutputData();
            }
            if (result.getStatus() == TaskResult.Status.FAILED_WITH_TERMINAL_ERROR || attempt == ATTEMPTS) {
                throw new FailedException(result.getReasonForIncompletion());
            }
        }
    }

    private static TrialBranch branch(Trial trial) {
        List<TaskAttempt> attempts =
                trial.attempts.stream().map(InMemoryTask::step).toList();
        Optional<TaskAttempt> train = last(attempts, "train");
        TaskStatus status = trial.status;
        return new TrialBranch(
                trial.id,
                status == TaskStatus.SCHEDULED
                                && train.flatMap(TaskAttempt::startedAt).isPresent()
                        ? TaskStatus.RUNNING
                        : status,
                false,
                attempts.stream()
                        .filter(step -> step.status() == TaskStatus.FAILED)
                        .findFirst()
                        .flatMap(TaskAttempt::reason),
                train,
                last(attempts, "evaluate"),
                attempts);
    }

    private static Optional<TaskAttempt> last(List<TaskAttempt> attempts, String name) {
        return attempts.stream().filter(step -> step.name().equals(name)).reduce((first, second) -> second);
    }

    /** In the order of the plan. */
    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, each) -> map.put(String.valueOf(key), each));
        }
        return map;
    }
}
