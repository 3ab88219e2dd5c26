package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Experiment;
import normlab.report.format.Numbers;

/** What a reader must not conclude from an experiment. */
public final class Limits {
    /** The network of the default experiment, whose setting was chosen in a pilot. */
    private static final String PILOTED = "plain-8";

    /** Number of pairs that each claim needs. */
    private static final int ENOUGH = 5;

    private Limits() {}

    public static List<String> of(Experiment experiment) {
        List<String> limits = new ArrayList<>();
        limits.add("%s (%s), one dataset (%s) and one recipe of %s: the paper averages over several of each."
                .formatted(
                        experiment.networks().size() == 1
                                ? "One network"
                                : Numbers.count(experiment.networks().size(), "network"),
                        String.join(", ", experiment.networks()),
                        experiment.dataset().name(),
                        Numbers.count(experiment.recipe().epochs(), "epoch")));
        limits.add(
                "A failure here is a failure of our reconstruction; it cannot refute the paper, whose definition of CBN"
                        + " is not public.");
        if (experiment.networks().equals(List.of(PILOTED))) {
            limits.add("The network is small and training is short. Network, batch size and length were chosen on"
                    + " validation runs because they showed differences, so the setting favours finding one.");
            limits.add(
                    "Training this short mostly shows which method fits faster; longer training may shrink or reverse a difference.");
        }
        limits.add(
                experiment.learningRates().size() > 1
                        ? "Each arm and activation has the best of a few learning rates, chosen on few validation images;"
                                + " the rest of the recipe is a compromise that all share."
                        : "The learning rate is a compromise that all share, not the best for each arm and activation.");
        long most = experiment.arms().values().stream()
                .mapToLong(a -> a.seeds().size())
                .max()
                .orElse(0);
        if (most < ENOUGH) {
            limits.add(
                    "%s per arm can show the direction of large differences but cannot settle a claim: each claim needs %d pairs."
                            .formatted(Numbers.count(most, "seed"), ENOUGH));
        }
        return List.copyOf(limits);
    }
}
