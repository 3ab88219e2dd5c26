package normlab.app.tracking;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import normlab.port.ArtifactStore;
import normlab.provenance.ProcessMemory;
import normlab.trial.JournalRow;
import normlab.trial.ResourceRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/**
 * What this process uses of its machine, one sample an epoch: taken where the epoch ends, which takes microseconds, and
 * written to the store by whoever has time.
 */
final class ResourceMeter {

    private final ArtifactStore store;
    private final Map<TrialId, Map<Integer, ResourceRow>> byTrial = new ConcurrentHashMap<>();
    private final LongSupplier wallClock;
    private final LongSupplier processorClock;
    private volatile Optional<TrialId> trained = Optional.empty();
    private long lastWall;
    private long lastProcessor;

    ResourceMeter(ArtifactStore store) {
        this(store, System::nanoTime, ResourceMeter::processorNanos);
    }

    /**
     * @param wallClock nanoseconds since anything
     * @param processorClock nanoseconds of a core that this process has used
     */
    ResourceMeter(ArtifactStore store, LongSupplier wallClock, LongSupplier processorClock) {
        this.store = store;
        this.wallClock = wallClock;
        this.processorClock = processorClock;
        begin();
    }

    /** The first epoch of a trial begins now, whatever was before; to be called by the thread that trains. */
    void begin() {
        lastWall = wallClock.getAsLong();
        lastProcessor = processorClock.getAsLong();
    }

    /** Samples the epoch that has just ended; to be called by the thread that trains. */
    void sample(TrialId trial, JournalRow ended) {
        trained = Optional.of(trial);
        long wall = wallClock.getAsLong();
        long processor = processorClock.getAsLong();
        double percent = 100.0 * (processor - lastProcessor) / Math.max(1, wall - lastWall);
        lastWall = wall;
        lastProcessor = processor;
        ProcessMemory.residentMiB()
                .ifPresent(memory -> byTrial.computeIfAbsent(trial, t -> new ConcurrentHashMap<>())
                        .put(ended.epoch(), new ResourceRow(ended.epoch(), ended.at(), percent, memory)));
    }

    /** Writes what has been sampled of the trial, on top of what an earlier process wrote. */
    void write(TrialId trial) {
        Map<Integer, ResourceRow> sampled = byTrial.getOrDefault(trial, Map.of());
        if (sampled.isEmpty()) {
            return;
        }
        TrialArchive archive = new TrialArchive(store, trial);
        Map<Integer, ResourceRow> rows = new TreeMap<>();
        archive.resources().forEach(r -> rows.put(r.epoch(), r));
        sampled.forEach(rows::putIfAbsent);
        archive.writeResources(List.copyOf(rows.values()));
        if (!trained.equals(Optional.of(trial))) {
            byTrial.remove(trial);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : 0;
    }
}
