package normlab.benchmarks.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.provenance.ProcessMemory;

/** Many short epochs, to see whether memory stays: steps, an evaluation and the encoding of a checkpoint each. */
public final class Soak {
    private Soak() {}

    /** @return resident memory of this process after each epoch, in MiB */
    public static List<Double> run(TrialSpec spec, Geometry geometry, int epochs, int stepsAnEpoch) throws IOException {
        List<Double> resident = new ArrayList<>();
        try (TrainingBench bench = new TrainingBench(spec, geometry, stepsAnEpoch)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (int step = 0; step < stepsAnEpoch; step++) {
                    bench.step();
                }
                bench.evaluate(0);
                bench.encode();
                resident.add(ProcessMemory.residentMiB().orElse(Double.NaN));
            }
        }
        return resident;
    }
}
