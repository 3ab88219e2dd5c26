package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Experiment;
import normlab.report.format.Numbers;

/** What a reader must not conclude from an experiment. */
public final class Limits {
    /** The network of the default experiment; what pilots showed about it does not hold for others. */
    private static final String PILOTED = "plain-8";

    private Limits() {}

    public static List<String> of(Experiment experiment) {
        List<String> limits = new ArrayList<>();
        limits.add("One network (%s), one dataset (%s) and one recipe of %s: the paper averages over several of each."
                .formatted(
                        experiment.network(),
                        experiment.dataset().name(),
                        Numbers.count(experiment.recipe().epochs(), "epoch")));
        limits.add(
                "A failure here is a failure of our reconstruction; it cannot refute the paper, whose definition of CBN"
                        + " is not public.");
        if (experiment.network().equals(PILOTED)) {
            limits.add("The network is small and the training short. Network, batch size and length were chosen on"
                    + " validation runs because differences showed, that is favourably: on a sister network with three"
                    + " pools Sigmoid gained only 0.1 and 1.0 points.");
            limits.add(
                    "Longer training shrinks the differences: in a pilot of 16 epochs (validation set, two seeds) CBN-R"
                            + " minus BN was +2.1 and 0.0 points for Sigmoid, −0.2 and +0.5 for Tanh, −0.5 and +0.1 for SELU,"
                            + " −0.1 and −0.6 for ReLU.");
        }
        limits.add("The learning rate is a common compromise, not the best one for each arm and activation.");
        return List.copyOf(limits);
    }
}
