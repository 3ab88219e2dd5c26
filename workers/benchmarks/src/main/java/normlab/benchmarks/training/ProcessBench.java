package normlab.benchmarks.training;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkSummary;
import normlab.provenance.ProcessMemory;

/** Measures this process: warms up, waits for the others, and measures for a while. */
public final class ProcessBench {
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
            Throughput trained = bench.train(seconds);
            double memory = ProcessMemory.peakMiB().orElse(Double.NaN);
            Throughput read = bench.read(SHARE_OF_THE_REST * seconds);
            Throughput evaluated = bench.evaluate(SHARE_OF_THE_REST * seconds);
            Throughput peak = bench.multiply(SHARE_OF_THE_REST * seconds);
            long started = System.nanoTime();
            int bytes = bench.encode().length;
            double encodeMillis = (System.nanoTime() - started) / 1e6;
            return new ProcessSpeed(
                    trained.perSecond(),
                    trained.count() / trained.cpuSeconds(),
                    6 * multiplyAdds(spec, geometry) * trained.perSecond() / 1e9,
                    2 * peak.perSecond() / 1e9,
                    read.perSecond(),
                    evaluated.perSecond(),
                    memory,
                    start,
                    2 * encodeMillis,
                    2L * bytes);
        }
    }

    private static double multiplyAdds(TrialSpec spec, Geometry geometry) {
        return NetworkSummary.of(spec.network(), Design.of(spec), geometry).multiplyAdds();
    }
}
