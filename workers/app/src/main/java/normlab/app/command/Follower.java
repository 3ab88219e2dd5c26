package normlab.app.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorUnavailableException;
import normlab.platform.conductor.Step;
import normlab.platform.conductor.TrialBranch;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.trial.JournalRow;
import normlab.trial.RunArchive;
import normlab.trial.RunPlan;
import normlab.trial.RunPlan.PlannedTrial;
import normlab.trial.TrialArchive;

/** Follows a campaign to its end. A server that is away is waited for: the campaign itself does not depend on this. */
final class Follower {
    /** Between the looks at planning and reporting, which take seconds; each look costs the server. */
    private static final long SHORT_PAUSE_MILLIS = 300;

    private static final long PAUSE_MILLIS = 2_000;

    private final ConductorEngine engine;
    private final ArtifactStore store;
    private final Progress progress;
    private final String run;
    private final int epochs;
    private final Set<String> told = new HashSet<>();
    private Optional<RunPlan> plan = Optional.empty();
    private boolean away;
    private boolean training;

    /** @param epochs of one trial */
    Follower(ConductorEngine engine, ArtifactStore store, Progress progress, String run, int epochs) {
        this.engine = engine;
        this.store = store;
        this.progress = progress;
        this.run = run;
        this.epochs = epochs;
    }

    /** @return the campaign as it ended */
    CampaignState toTheEnd(String workflowId) throws InterruptedException {
        while (true) {
            try {
                CampaignState state = engine.state(workflowId);
                show(state);
                away = false;
                if (state.campaign().status().ended()) {
                    return state;
                }
            } catch (ConductorUnavailableException | StoreException e) {
                sayAway(e);
            }
            Thread.sleep(training ? PAUSE_MILLIS : SHORT_PAUSE_MILLIS);
        }
    }

    private void sayAway(RuntimeException reason) {
        if (!away) {
            progress.say("Waiting: " + reason.getMessage());
        }
        away = true;
    }

    private void show(CampaignState state) {
        for (Step step : state.steps()) {
            sayStep(step);
        }
        if (plan.isEmpty()) {
            plan = new RunArchive(store, run).plan();
            plan.ifPresent(this::sayPlan);
        }
        plan.ifPresent(p -> show(p, state.trials()));
    }

    private void sayPlan(RunPlan planned) {
        long cached = planned.trials().stream().filter(PlannedTrial::cached).count();
        String rest = cached == planned.trials().size() ? ": nothing to train" : "";
        progress.say("%d trials, %d of them cached%s".formatted(planned.trials().size(), cached, rest));
    }

    private void sayStep(Step step) {
        if (step.reason().isPresent()
                && told.add(step.name() + step.attempt() + step.reason().get())) {
            progress.say("%s: attempt %d: %s"
                    .formatted(step.name(), step.attempt(), step.reason().get()));
        }
    }

    private void show(RunPlan planned, List<TrialBranch> branches) {
        Map<String, TrialBranch> byPrefix = new HashMap<>();
        branches.forEach(b -> byPrefix.put(b.prefix(), b));
        Count count = new Count(planned.trials().size());
        for (PlannedTrial trial : planned.trials()) {
            if (trial.cached()) {
                count.cached++;
            } else {
                Optional.ofNullable(byPrefix.get(trial.prefix())).ifPresent(b -> show(trial, b, count));
            }
        }
        training = !count.running.isEmpty();
        progress.show(count.snapshot(epochs));
    }

    private void show(PlannedTrial trial, TrialBranch branch, Count count) {
        branch.train().ifPresent(this::sayStep);
        switch (branch.status()) {
            case COMPLETED -> {
                count.trained++;
                count.epochsDone += epochs;
                sayEnded(trial, count);
            }
            case FAILED, CANCELLED -> {
                count.failed++;
                count.epochsDone += epochs;
                sayFailed(trial, branch);
            }
            case RUNNING -> count.epochsDone += watch(trial, count.running);
            case SCHEDULED -> {}
        }
    }

    /** Sums over the trials of one look. */
    private static final class Count {
        private final int total;
        private final List<String> running = new ArrayList<>();
        private int cached;
        private int trained;
        private int failed;
        private int epochsDone;

        Count(int total) {
            this.total = total;
        }

        Progress.Snapshot snapshot(int epochs) {
            return new Progress.Snapshot(
                    total, cached + trained, cached, failed, (total - cached) * epochs, epochsDone, running);
        }
    }

    /** @return epochs done so far */
    private int watch(PlannedTrial trial, List<String> running) {
        List<JournalRow> journal = new TrialArchive(store, trial.prefix()).journal();
        String rate = journal.isEmpty()
                ? ""
                : " %.0f img/s".formatted(journal.getLast().imagesPerSecond());
        String loss = journal.isEmpty()
                ? ""
                : " loss %.3f".formatted(journal.getLast().trainLoss());
        running.add("%s %d/%d%s%s".formatted(trial.label(), journal.size(), epochs, loss, rate));
        return journal.size();
    }

    private void sayEnded(PlannedTrial trial, Count count) {
        if (told.add(trial.prefix())) {
            new TrialArchive(store, trial.prefix())
                    .result()
                    .ifPresent(r -> progress.ended("[%d/%d] %s: %s, test accuracy %.2f %%, %.1f s"
                            .formatted(
                                    count.cached + count.trained,
                                    count.total,
                                    trial.label(),
                                    r.training().outcome().word(),
                                    100 * r.test().top1(),
                                    r.training().seconds())));
        }
    }

    private void sayFailed(PlannedTrial trial, TrialBranch branch) {
        if (told.add(trial.prefix())) {
            progress.say(
                    "%s failed: %s".formatted(trial.label(), branch.reason().orElse("no reason was given")));
        }
    }
}
