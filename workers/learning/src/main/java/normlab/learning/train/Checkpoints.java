package normlab.learning.train;

import java.time.Duration;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.port.StoreException;
import normlab.task.HandBack;
import normlab.trial.Checkpoint;
import normlab.trial.TrialArchive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training's checkpoints: when they are due, and which of them is gone back to. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final TrialArchive archive;
    private final Training training;
    private final Rule rule;
    private long lastStep;
    private long lastTime = System.nanoTime();

    /** When a checkpoint is due within an epoch; after each epoch there is one in any case. */
    interface Rule {
        Rule EVERY_FIVE_MINUTES = (steps, time) -> time.compareTo(Duration.ofMinutes(5)) >= 0;

        /** @param steps since the last checkpoint @param time since then */
        boolean isDue(long steps, Duration time);
    }

    Checkpoints(TrialArchive archive, Training training, Rule rule) {
        this.archive = archive;
        this.training = training;
        this.rule = rule;
    }

    /** Goes back to the newest checkpoint that is whole, and cuts the rows shown so far back to it. */
    void resume() {
        for (long step : archive.checkpoints()) {
            try {
                Optional<Checkpoint> checkpoint = archive.checkpoint(step);
                if (checkpoint.isPresent()) {
                    training.restore(checkpoint.get());
                    archive.showProgress(training.journal(), training.probes());
                    lastStep = step;
                    LOG.info("{}: going on after step {}", archive.prefix(), step);
                    return;
                }
            } catch (StoreException | InvalidInputException | IllegalArgumentException e) {
                if (e instanceof StoreException store && store.retryable()) {
                    throw store;
                }
                LOG.warn(
                        "{}: the checkpoint of step {} is not usable, trying the one before",
                        archive.prefix(),
                        step,
                        e);
            }
        }
    }

    boolean isDue() {
        return rule.isDue(training.stepsDone() - lastStep, Duration.ofNanos(System.nanoTime() - lastTime));
    }

    /** @throws HandBack if another worker has meanwhile completed the trial: there is nothing left to keep */
    void write() throws HandBack {
        if (archive.isTrained()) {
            throw new HandBack("another worker has completed " + archive.prefix());
        }
        archive.writeCheckpoint(training.stepsDone(), training.checkpoint());
        lastStep = training.stepsDone();
        lastTime = System.nanoTime();
    }
}
