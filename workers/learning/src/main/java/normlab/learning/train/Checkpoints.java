package normlab.learning.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.learning.HostMemory;
import normlab.port.StoreException;
import normlab.task.TaskInProgress;
import normlab.trial.Checkpoint;
import normlab.trial.TrialArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one training: when to write one, and which to resume from. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final TrialArchive archive;
    private final Trainer trainer;
    private final Rule rule;
    private long lastStep;
    private long lastTime = System.nanoTime();

    /** When to write a checkpoint within an epoch; one is always written after an epoch. */
    interface Rule {
        Rule EVERY_FIVE_MINUTES = (steps, time) -> time.compareTo(Duration.ofMinutes(5)) >= 0;

        /**
         * @param steps since the last checkpoint
         * @param time since the last checkpoint
         */
        boolean isDue(long steps, Duration time);
    }

    Checkpoints(TrialArchive archive, Trainer trainer, Rule rule) {
        this.archive = archive;
        this.trainer = trainer;
        this.rule = rule;
    }

    /** Resumes from the newest usable checkpoint and cuts the rows shown so far back to it. */
    void resume() {
        List<Long> steps = archive.checkpoints();
        for (long step : steps) {
            try (HostMemory memory = trainer.hostMemory()) {
                Optional<Checkpoint> checkpoint = archive.checkpoint(step, memory.allocator());
                if (checkpoint.isPresent()) {
                    trainer.restore(checkpoint.get());
                    archive.showProgress(trainer.journal(), trainer.probes());
                    lastStep = step;
                    LOG.info("{}: resuming after step {}", archive.id(), step);
                    return;
                }
            } catch (StoreException | InvalidInputException | IllegalArgumentException e) {
                if (e instanceof StoreException store && store.retryable()) {
                    throw store;
                }
                LOG.warn(
                        "{}: cannot resume from the checkpoint of step {}; trying an earlier one",
                        archive.id(),
                        step,
                        e);
            }
        }
        if (!steps.isEmpty()) {
            LOG.warn(
                    "{}: none of its {} checkpoints is usable; starting from the first step",
                    archive.id(),
                    steps.size());
        }
    }

    boolean isDue() {
        return rule.isDue(trainer.stepsDone() - lastStep, Duration.ofNanos(System.nanoTime() - lastTime));
    }

    /** @throws TaskInProgress if another worker has completed the trial meanwhile */
    void write() throws TaskInProgress {
        if (archive.isTrained()) {
            throw new TaskInProgress("another worker has completed " + archive.id());
        }
        try (HostMemory memory = trainer.hostMemory()) {
            archive.writeCheckpoint(trainer.stepsDone(), trainer.checkpoint(memory));
        }
        lastStep = trainer.stepsDone();
        lastTime = System.nanoTime();
    }
}
