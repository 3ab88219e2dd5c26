package normlab.benchmarks.training;

import java.io.IOException;
import java.util.Optional;
import normlab.experiment.TrialSpec;
import normlab.learning.ComputeDevice;
import normlab.learning.NvidiaSmi;
import normlab.learning.data.Geometry;
import normlab.provenance.Sha256;

/**
 * A training of a given number of steps, to be compared with another one of the same.
 *
 * @param weights SHA-256 of the network's tensors after the last step
 * @param meanLoss over the steps that were measured
 * @param imagesPerSecond of the same steps, until the device has done them
 * @param gpuMiB in use on the GPU after them, by whichever processes; empty on a processor
 */
public record FixedTraining(String weights, double meanLoss, double imagesPerSecond, Optional<Long> gpuMiB) {
    private static final int WARM_UP = 20;

    /** @param steps after a few that are not measured */
    public static FixedTraining run(TrialSpec spec, Geometry geometry, int steps, ProcessBench.Rendezvous others)
            throws IOException {
        try (TrainingBench bench = new TrainingBench(spec, geometry)) {
            for (int i = 0; i < WARM_UP; i++) {
                bench.step();
            }
            double before = bench.lossSum();
            others.await();
            long started = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                bench.step();
            }
            // Waits for the device.
            double meanLoss = (bench.lossSum() - before) / steps;
            double seconds = (System.nanoTime() - started) / 1e9;
            return new FixedTraining(
                    Sha256.of(bench.encode()),
                    meanLoss,
                    steps * spec.recipe().batchSize() / seconds,
                    ComputeDevice.ofEnvironment().gpus().stream()
                            .findFirst()
                            .flatMap(NvidiaSmi.ofThisMachine()::usedMiB));
        }
    }
}
