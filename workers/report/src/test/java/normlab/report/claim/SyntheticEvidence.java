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
import normlab.experiment.Activation;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Quantity;
import normlab.report.stats.Sample;

/** One draw of a campaign whose truth is known: stated means, and noise with which paired differences spread by 1 SD. */
final class SyntheticEvidence implements Evidence {
    private final int networks;
    private final int seeds;
    private final Truth truth;
    private final SplittableRandom random;
    private final Map<List<Object>, Values> drawn = new HashMap<>();

    /** The true mean of a cell, and the standard deviation of its paired differences. */
    interface Truth {
        double mean(Role role, Activation activation, Quantity quantity);

        double sd(Quantity quantity);
    }

    SyntheticEvidence(int networks, int seeds, Truth truth, SplittableRandom random) {
        this.networks = networks;
        this.seeds = seeds;
        this.truth = truth;
        this.random = random;
    }

    @Override
    public List<String> networks() {
        return IntStream.range(0, networks).mapToObj(i -> "plain-" + i).toList();
    }

    @Override
    public Optional<Values> values(String network, Role role, Activation activation, Quantity quantity) {
        return Optional.of(drawn.computeIfAbsent(
                List.of(network, role, activation, quantity), k -> draw(role, activation, quantity)));
    }

    private Values draw(Role role, Activation activation, Quantity quantity) {
        TreeMap<Long, Double> values = new TreeMap<>();
        Map<Long, List<String>> keys = new TreeMap<>();
        double mean = truth.mean(role, activation, quantity);
        for (long seed = 0; seed < seeds; seed++) {
            values.put(seed, mean + truth.sd(quantity) / Math.sqrt(2) * random.nextGaussian());
            keys.put(seed, List.of());
        }
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
