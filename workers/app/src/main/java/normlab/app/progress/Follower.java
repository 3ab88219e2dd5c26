package normlab.app.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignStatus;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.ConductorUnavailableException;
import normlab.platform.conductor.TrialBranch;
import normlab.platform.conductor.WorkflowEngine;
import normlab.platform.process.Reminder;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.trial.JournalRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/** Follows a campaign to its end. A server that is away is waited for: the campaign itself does not depend on this. */
public final class Follower {
    /** Between the looks at planning and reporting, which take seconds; each look costs the server. */
    private static final long SHORT_PAUSE_MILLIS = 300;

    private static final long PAUSE_MILLIS = 2_000;
    private static final String FURTHER_CAUSE = "; caused by ";

    private final WorkflowEngine engine;
    private final ArtifactStore store;
    private final Progress progress;
    private final String campaign;
    private final int epochs;
    private final Set<String> told = new HashSet<>();
    private final Set<String> paused = new HashSet<>();
    private final Pace pace = new Pace();
    private Optional<CampaignPlan> plan = Optional.empty();
    private int ended;
    private boolean away;
    private boolean training;

    /** @param epochs of one trial */
    public Follower(WorkflowEngine engine, ArtifactStore store, Progress progress, String campaign, int epochs) {
        this.engine = engine;
        this.store = store;
        this.progress = progress;
        this.campaign = campaign;
        this.epochs = epochs;
    }

    /**
     * @return the campaign as it ended
     * @throws InvalidInputException if its workflow is removed
     */
    public CampaignState toTheEnd(String workflowId) throws InterruptedException {
        while (true) {
            try {
                CampaignState state = engine.state(workflowId);
                showInTime(state);
                sayBack();
                sayPaused(campaign, state.campaign().status() == CampaignStatus.PAUSED);
                if (state.campaign().status().ended()) {
                    return state;
                }
            } catch (ConductorUnavailableException | StoreException e) {
                sayAway(e);
                progress.show(Progress.Snapshot.waiting(Optional.of(Waiting.FOR_A_SERVER)));
            } catch (IllegalArgumentException e) {
                throw removed(workflowId, e);
            }
            Thread.sleep(training ? PAUSE_MILLIS : SHORT_PAUSE_MILLIS);
        }
    }

    private InvalidInputException removed(String workflowId, IllegalArgumentException cause) {
        InvalidInputException failure = new InvalidInputException(
                campaign,
                "its workflow %s is no longer in Conductor: somebody removed it; start it again, nothing trained is lost: ./normlab resume %s"
                        .formatted(workflowId, campaign));
        failure.initCause(cause);
        return failure;
    }

    /** Somebody has paused it in Conductor's own pages: nothing happens until it is resumed. */
    private void sayPaused(String what, boolean paused) {
        if (paused && this.paused.add(what)) {
            progress.say("%s is paused in Conductor; let it continue: ./normlab resume %s".formatted(what, campaign));
        } else if (!paused && this.paused.remove(what)) {
            progress.say(what + " continues");
        }
    }

    private void sayAway(RuntimeException reason) {
        if (!away) {
            progress.say("Waiting: " + reason.getMessage());
        }
        away = true;
    }

    private void sayBack() {
        if (away) {
            progress.say("Connected again");
        }
        away = false;
    }

    /** The store's client is more patient than a person. */
    private void showInTime(CampaignState state) {
        Reminder reminder = new Reminder(progress::say, "[store] has not answered yet; is it up: ./normlab doctor");
        try {
            show(state);
        } finally {
            reminder.withdraw();
        }
    }

    /** @throws StoreException if the store is away */
    private void show(CampaignState state) {
        for (TaskAttempt step : state.steps()) {
            sayStep(step.name(), step);
        }
        try {
            if (plan.isEmpty()) {
                plan = new CampaignArchive(store, campaign).plan();
                plan.ifPresent(p -> begin(p, state));
            }
            progress.show(plan.map(p -> snapshot(p, state))
                    .orElseGet(() -> Progress.Snapshot.waiting(Waiting.of(campaign, state))));
        } catch (StoreException e) {
            if (e.retryable()) {
                throw e;
            }
            // What is damaged may stay so, and the campaign ends all the same.
            if (told.add(String.valueOf(e.getMessage()))) {
                progress.say("Not all is shown: " + e.getMessage());
            }
        }
    }

    /** What ended before anybody looked is counted and not told. */
    private void begin(CampaignPlan planned, CampaignState state) {
        long cached = planned.trials().stream().filter(PlannedTrial::cached).count();
        String rest = cached == planned.trials().size() ? ": nothing to train" : "";
        progress.say("%d trials, %d of them cached%s".formatted(planned.trials().size(), cached, rest));
        ended = (int) cached;
        List<TrialBranch> before = state.trials().stream()
                .filter(b -> b.status() == TaskStatus.COMPLETED)
                .toList();
        for (TrialBranch branch : before) {
            told.add(branch.trial().prefix());
            ended++;
        }
        if (!state.campaign().status().ended()) {
            before.forEach(branch -> learn(branch.trial()));
        }
        if (!before.isEmpty()) {
            progress.say("%d trained before".formatted(before.size()));
        }
    }

    private Optional<TrialResult> learn(TrialId trial) {
        Optional<TrialResult> result = new TrialArchive(store, trial).result();
        result.ifPresent(r -> pace.ended(r.training().seconds(), r.evaluationSeconds()));
        return result;
    }

    /** The first cause tells a person enough; the others are in the log and the report. */
    private void sayStep(String of, TaskAttempt step) {
        step.reason()
                .map(reason -> "%s, attempt %d: %s".formatted(of, step.attempt(), reason.split(FURTHER_CAUSE, 2)[0]))
                .filter(told::add)
                .ifPresent(progress::say);
    }

    private Progress.Snapshot snapshot(CampaignPlan planned, CampaignState state) {
        Map<TrialId, TrialBranch> byTrial = new HashMap<>();
        state.trials().forEach(b -> byTrial.put(b.trial(), b));
        int total = planned.trials().size();
        int cached = 0;
        int trained = 0;
        int failed = 0;
        List<Progress.Running> running = new ArrayList<>();
        for (PlannedTrial trial : planned.trials()) {
            TrialBranch branch = byTrial.get(trial.id());
            if (trial.cached()) {
                cached++;
            } else if (branch != null) {
                branch.train().ifPresent(step -> sayStep(trial.label(), step));
                sayPaused(trial.label(), branch.paused());
                switch (branch.status()) {
                    case COMPLETED -> {
                        trained++;
                        sayEnded(trial, total);
                    }
                    case FAILED -> {
                        failed++;
                        sayFailed(trial, branch);
                    }
                    case RUNNING -> running.add(watch(trial));
                    case SCHEDULED, CANCELLED -> {}
                }
            }
        }
        training = !running.isEmpty();
        int waiting = total - cached - trained - failed - running.size();
        return new Progress.Snapshot(
                total,
                cached + trained,
                cached,
                failed,
                running,
                waiting + running.size() == 0 ? Optional.empty() : pace.remaining(waiting, running),
                training ? Optional.empty() : Waiting.of(campaign, state));
    }

    private Progress.Running watch(PlannedTrial trial) {
        List<JournalRow> journal = new TrialArchive(store, trial.id()).journal();
        if (journal.isEmpty()) {
            return new Progress.Running(trial.label(), 0, epochs, Optional.empty());
        }
        JournalRow last = journal.getLast();
        double seconds =
                journal.stream().mapToDouble(JournalRow::seconds).average().orElse(0);
        return new Progress.Running(
                trial.label(),
                journal.size(),
                epochs,
                Optional.of(new Progress.Latest(
                        last.trainLoss(),
                        last.validationAccuracy(),
                        last.imagesPerSecond(),
                        Duration.ofMillis(Math.round(1000 * seconds * (epochs - journal.size()))))));
    }

    private void sayEnded(PlannedTrial trial, int total) {
        if (told.add(trial.id().prefix())) {
            ended++;
            learn(trial.id())
                    .ifPresent(r -> progress.ended("[%d/%d] %s: %s, test accuracy %.2f %%, %.1f s"
                            .formatted(
                                    ended,
                                    total,
                                    trial.label(),
                                    r.training().outcome().word(),
                                    100 * r.test().top1(),
                                    r.training().seconds())));
        }
    }

    private void sayFailed(PlannedTrial trial, TrialBranch branch) {
        if (told.add(trial.id().prefix())) {
            ended++;
            progress.say(
                    "%s failed: %s".formatted(trial.label(), branch.reason().orElse("no reason was given")));
        }
    }
}
