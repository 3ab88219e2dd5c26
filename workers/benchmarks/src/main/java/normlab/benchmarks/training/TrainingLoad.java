package normlab.benchmarks.training;

import static normlab.json.Checks.check;

import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;

/** What is trained while it is measured, and on how much of the machine. */
public record TrainingLoad(
        String network,
        Activation activation,
        Normalization normalization,
        Head head,
        Precision precision,
        int batch,
        int threads,
        int processes,
        double seconds) {
    private static final int MOST_CLASSES = 10;

    public TrainingLoad {
        check(batch >= 2, "batch is %s, expected 2 or more", batch);
        check(threads >= 1, "threads is %s, expected 1 or more", threads);
        check(processes >= 1, "processes is %s, expected 1 or more", processes);
        check(seconds > 0, "seconds is %s, expected more than 0", seconds);
    }

    /** Of the images that the network is usually trained on. Of ILSVRC, ten classes: the patterns of all take gigabytes. */
    public Geometry geometry() {
        Geometry usual = Geometry.of(network);
        return new Geometry(usual.height(), usual.width(), usual.channels(), Math.min(usual.classes(), MOST_CLASSES));
    }

    /** The same load in another precision. */
    public TrainingLoad in(Precision other) {
        return new TrainingLoad(network, activation, normalization, head, other, batch, threads, processes, seconds);
    }

    /** The trial of one process: the recipe's numbers do not change its speed. */
    public TrialSpec trial() {
        return new TrialSpec(
                new DatasetSpec("generated", 1, 1),
                network,
                activation,
                normalization,
                head,
                new Recipe(0.01, 0.9, 5e-4, batch, 1, 0).withPrecision(precision),
                1);
    }
}
