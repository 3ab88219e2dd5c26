package normlab.benchmarks.parity;

import java.util.List;
import normlab.experiment.TrialSpec;

/**
 * {@code case.json}: how a case was trained.
 *
 * @param mean of the pixels by channel, on the scale [0, 1]
 * @param sd standard deviation by channel, on the scale [0, 1]
 * @param learningRates of the steps
 * @param losses mean cross-entropy of each step's batch, before the step
 */
public record ParityCase(
        String name,
        TrialSpec spec,
        List<Double> mean,
        List<Double> sd,
        List<Double> learningRates,
        List<Double> losses) {
    public ParityCase {
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
        learningRates = List.copyOf(learningRates);
        losses = List.copyOf(losses);
    }
}
