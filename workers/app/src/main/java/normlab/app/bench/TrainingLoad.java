package normlab.app.bench;

import static normlab.json.Checks.check;

import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;

/** What is trained while it is measured, and on how much of the machine. */
public record TrainingLoad(
        String network,
        Activation activation,
        Normalization normalization,
        Head head,
        int batch,
        int threads,
        int processes,
        double seconds) {
    public TrainingLoad {
        check(batch >= 2, "batch is %s, expected 2 or more", batch);
        check(threads >= 1, "threads is %s, expected 1 or more", threads);
        check(processes >= 1, "processes is %s, expected 1 or more", processes);
        check(seconds > 0, "seconds is %s, expected more than 0", seconds);
    }

    /** The trial of one process: the recipe's numbers do not change its speed. */
    public TrialSpec trial() {
        return new TrialSpec(
                new DatasetSpec("generated", 1, 1),
                network,
                activation,
                normalization,
                head,
                new Recipe(0.01, 0.9, 5e-4, batch, 1, 0),
                1);
    }
}
