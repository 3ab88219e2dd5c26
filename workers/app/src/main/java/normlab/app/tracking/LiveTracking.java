package normlab.app.tracking;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import normlab.learning.train.Train.EpochListener;
import normlab.platform.metrics.WorkerMetrics;
import normlab.port.ArtifactStore;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;
import normlab.trial.TrialId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what a training slot has journalled to the tracking server, in the background and at its pace: a slow server
 * makes points arrive together, and never holds up a training. Short epochs are sent several at once, so that sending
 * costs a small share of a core whatever is trained.
 */
public final class LiveTracking implements EpochListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTracking.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final CampaignTracking tracking;
    private final ResourceMeter meter;
    private final Map<TrialId, TrialInput> waiting = new LinkedHashMap<>();
    private final Thread sender;
    private boolean closed;

    public LiveTracking(CampaignTracking tracking, ArtifactStore store) {
        this.tracking = tracking;
        this.meter = new ResourceMeter(store);
        this.sender = new Thread(this::send, "live-tracking");
        sender.setDaemon(true);
        sender.start();
    }

    /** A trial's training begins, in the thread that trains. */
    public void begins() {
        meter.begin();
    }

    @Override
    public void epochEnded(TrialInput trial, List<JournalRow> journal) {
        if (!journal.isEmpty()) {
            meter.sample(trial.trial(), journal.getLast());
            WorkerMetrics.epochEnds(journal.getLast().imagesPerSecond());
        }
        changed(trial);
    }

    /** The store holds something new of this trial. */
    public synchronized void changed(TrialInput trial) {
        waiting.put(trial.trial(), trial);
        notifyAll();
    }

    private void send() {
        try {
            for (List<TrialInput> next = next(); !next.isEmpty(); next = next()) {
                byRun(next).forEach(this::send);
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String campaign, Set<TrialId> trials) {
        try {
            trials.forEach(meter::write);
            tracking.progressed(campaign, trials);
        } catch (RuntimeException e) {
            // Only freshness is lost: the campaign's report reconciles.
            LOG.warn("{}: could not be shown on the tracking server yet: {}", campaign, e.getMessage());
        }
    }

    private static Map<String, Set<TrialId>> byRun(List<TrialInput> trials) {
        Map<String, Set<TrialId>> byRun = new TreeMap<>();
        trials.forEach(
                t -> byRun.computeIfAbsent(t.campaign(), r -> new TreeSet<>()).add(t.trial()));
        return byRun;
    }

    /** @return what has changed since; nothing once all is sent and this is closed */
    private synchronized List<TrialInput> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<TrialInput> next = List.copyOf(waiting.values());
        waiting.clear();
        return next;
    }

    private synchronized void pause() throws InterruptedException {
        long end = System.nanoTime() + PAUSE.toNanos();
        for (long left = PAUSE.toMillis(); left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
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
