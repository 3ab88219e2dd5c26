package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Experiment;
import normlab.report.format.Numbers;

/** What a reader must not conclude from an experiment. */
public final class Limits {
    /** The network of the default experiment, whose setting was chosen in a pilot. */
    private static final String PILOTED = "plain-8";

    private Limits() {}

    public static List<String> of(Experiment experiment) {
        List<String> limits = new ArrayList<>();
        limits.add("One network (%s), one dataset (%s) and one recipe of %s: the paper averages over several of each."
                .formatted(
                        String.join(", ", experiment.networks()),
                        experiment.dataset().name(),
                        Numbers.count(experiment.recipe().epochs(), "epoch")));
        limits.add(
                "A failure here is a failure of our reconstruction; it cannot refute the paper, whose definition of CBN"
                        + " is not public.");
        if (experiment.networks().equals(List.of(PILOTED))) {
            limits.add("The network is small and the training short. Network, batch size and length were chosen on"
                    + " validation runs because differences showed, that is favourably.");
            limits.add(
                    "So short a training shows mostly who fits faster; longer training may shrink or turn a difference.");
        }
        limits.add("The learning rate is a common compromise, not the best one for each arm and activation.");
        return List.copyOf(limits);
    }
}
