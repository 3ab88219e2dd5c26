package normlab.report.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import normlab.experiment.Activation;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Quantity;
import normlab.report.stats.Sample;

/** One draw of a campaign whose truth is known: stated means, and noise with which paired differences spread by 1 SD. */
final class SyntheticEvidence implements Evidence {
    private final List<String> networks;
    private final Map<Long, List<String>> keys = new TreeMap<>();
    private final Truth truth;
    private final SplittableRandom random;
    private final Map<Place, Values> drawn = new HashMap<>();

    private record Place(String network, Role role, Activation activation, Quantity quantity) {}

    /** The true mean of a cell, and the standard deviation of its paired differences. */
    interface Truth {
        double mean(Role role, Activation activation, Quantity quantity);

        double sd(Quantity quantity);
    }

    SyntheticEvidence(int networks, int seeds, Truth truth, SplittableRandom random) {
        this.networks = IntStream.range(0, networks).mapToObj(i -> "plain-" + i).toList();
        LongStream.range(0, seeds).forEach(seed -> keys.put(seed, List.of()));
        this.truth = truth;
        this.random = random;
    }

    @Override
    public List<String> networks() {
        return networks;
    }

    @Override
    public Optional<Values> values(String network, Role role, Activation activation, Quantity quantity) {
        return Optional.of(drawn.computeIfAbsent(
                new Place(network, role, activation, quantity), k -> draw(role, activation, quantity)));
    }

    private Values draw(Role role, Activation activation, Quantity quantity) {
        TreeMap<Long, Double> values = new TreeMap<>();
        double mean = truth.mean(role, activation, quantity);
        double sd = truth.sd(quantity) / Math.sqrt(2);
        keys.keySet().forEach(seed -> values.put(seed, mean + sd * random.nextGaussian()));
        boolean alive = truth.mean(role, activation, Measure.ACCURACY) > 15;
        return new Values(values, Set.of(), alive, keys);
    }

    @Override
    public OptionalDouble best(String network, Quantity quantity) {
        List<Double> means = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            for (Role role : Role.values()) {
                means.add(Sample.of(values(network, role, activation, quantity)
                                .orElseThrow()
                                .bySeed()
                                .values())
                        .mean());
            }
        }
        return means.stream().mapToDouble(m -> m).max();
    }
}
