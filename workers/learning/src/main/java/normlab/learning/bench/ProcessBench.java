package normlab.learning.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.learning.network.NetworkSummary;

/** Measures this process: warms up, waits for the others, and measures for a while. */
public final class ProcessBench {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double SHARE_OF_THE_REST = 0.2;

    private ProcessBench() {}

    /** What to do between warming up and measuring, so that several processes measure the same time. */
    public interface Rendezvous {
        void await() throws IOException;
    }

    /** @param seconds of training that are measured; as many again, together, for warming up and for all else */
    public static ProcessSpeed run(TrialSpec spec, Geometry geometry, double seconds, Rendezvous others)
            throws IOException {
        try (TrainingBench bench = new TrainingBench(spec, geometry)) {
            bench.train(0);
            double start = Duration.between(
                                    ProcessHandle.current()
                                            .info()
                                            .startInstant()
                                            .orElse(Instant.now()),
                                    Instant.now())
                            .toMillis()
                    / 1e3;
            bench.train(2 * SHARE_OF_THE_REST * seconds);
            others.await();
            Speed trained = bench.train(seconds);
            double memory = peakMemoryMiB();
            Speed read = bench.read(SHARE_OF_THE_REST * seconds);
            Speed evaluated = bench.evaluate(SHARE_OF_THE_REST * seconds);
            Speed peak = bench.multiply(SHARE_OF_THE_REST * seconds);
            return new ProcessSpeed(
                    trained.perSecond(),
                    trained.count() / trained.cpuSeconds(),
                    6 * multiplyAdds(spec, geometry) * trained.perSecond() / 1e9,
                    2 * peak.perSecond() / 1e9,
                    read.perSecond(),
                    evaluated.perSecond(),
                    memory,
                    start);
        }
    }

    private static double multiplyAdds(TrialSpec spec, Geometry geometry) {
        return NetworkSummary.of(spec.network(), spec.normalization(), spec.activation(), spec.head(), geometry)
                .multiplyAdds();
    }

    /** NaN where the system does not say. */
    private static double peakMemoryMiB() throws IOException {
        if (!Files.exists(STATUS)) {
            return Double.NaN;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
