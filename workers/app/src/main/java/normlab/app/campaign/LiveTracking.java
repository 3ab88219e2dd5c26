package normlab.app.campaign;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.learning.train.EpochListener;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a training slot has journalled to the tracking server, in the background and at its pace: a slow server
 * makes points arrive together, and never holds up a training.
 */
public final class LiveTracking implements EpochListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTracking.class);

    private final CampaignTracking tracking;
    private final Map<String, TrialInput> waiting = new LinkedHashMap<>();
    private final Thread sender;
    private boolean closed;

    public LiveTracking(CampaignTracking tracking) {
        this.tracking = tracking;
        this.sender = new Thread(this::send, "live-tracking");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public void epochEnded(TrialInput trial, List<JournalRow> journal) {
        changed(trial);
    }

    /** The store holds something new of this trial. */
    public synchronized void changed(TrialInput trial) {
        waiting.put(trial.prefix(), trial);
        notifyAll();
    }

    private void send() {
        for (Optional<TrialInput> next = next(); next.isPresent(); next = next()) {
            TrialInput trial = next.get();
            try {
                tracking.progressed(trial.run(), trial.prefix());
            } catch (RuntimeException e) {
                // Only freshness is lost: the campaign's report reconciles.
                LOG.warn("{}: could not be shown on the tracking server yet: {}", trial.prefix(), e.getMessage());
            }
        }
    }

    private synchronized Optional<TrialInput> next() {
        while (waiting.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                return Optional.empty();
            }
        }
        Optional<TrialInput> first = waiting.values().stream().findFirst();
        first.ifPresent(trial -> waiting.remove(trial.prefix()));
        return first;
    }

    /** Sends what is waiting, for at most five seconds. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            sender.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
