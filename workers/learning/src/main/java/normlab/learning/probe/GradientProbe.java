package normlab.learning.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import normlab.learning.probe.LossSurface.Block;
import normlab.trial.ProbeRow.Estimate;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Moments;

/**
 * Moments of the stochastic gradient g from K batches in one pass: S₂ = (1/K)Σ‖g‖² for E‖g‖², K/(K − 1)·(S₂ − ‖ḡ‖²) for
 * tr Var g, and ‖ḡ‖² − Var/K for ‖E g‖². Standard errors come from the jackknife that leaves out one group of batches at a
 * time, which needs the sum of each group and not each gradient.
 */
final class GradientProbe {
    private static final int GROUPS = 8;

    private final List<Block> parts;
    private final List<Group> groups = new ArrayList<>();
    private final Group all;

    private GradientProbe(LossSurface surface, int batches) {
        this.parts = parts(surface);
        this.all = new Group(surface.dimension());
        for (int i = 0; i < Math.min(GROUPS, batches); i++) {
            groups.add(new Group(surface.dimension()));
        }
        double[] origin = new double[surface.dimension()];
        for (int i = 0; i < batches; i++) {
            double[] gradient = surface.evaluate(origin, i).gradient();
            all.add(gradient);
            groups.get(i % groups.size()).add(gradient);
        }
    }

    /** The filters, and in their order the arrays that have none. */
    private static List<Block> parts(LossSurface surface) {
        Map<String, List<Block>> filters = surface.filters().stream().collect(Collectors.groupingBy(Block::name));
        return surface.blocks().stream()
                .flatMap(b -> filters.getOrDefault(b.name(), List.of(b)).stream())
                .toList();
    }

    /** At the origin, over the first {@code batches} batches, or all if there are fewer. */
    static GradientMoments measure(LossSurface surface, int batches) {
        int count = Math.min(batches, surface.batches());
        GradientProbe probe = new GradientProbe(surface, count);
        Map<String, Moments> layers = new TreeMap<>();
        Map<String, Double> norms = new TreeMap<>();
        for (Block block : surface.blocks()) {
            if (block.weight()) {
                layers.put(block.name(), probe.moments(b -> b.name().equals(block.name()) ? 1 : 0));
                norms.put(block.name(), block.norm());
            }
        }
        Set<Block> filters = new HashSet<>(surface.filters());
        return new GradientMoments(
                count,
                probe.moments(b -> 1),
                probe.moments(b -> filters.contains(b) ? b.norm() * b.norm() : 0),
                layers,
                norms);
    }

    /** @param factor the weight of each part in the squared norm */
    private Moments moments(ToDoubleFunction<Block> factor) {
        double[] factors = parts.stream().mapToDouble(factor).toArray();
        double[] values = all.without(new Group(0), factors);
        double[][] replicates =
                groups.stream().map(g -> all.without(g, factors)).toArray(double[][]::new);
        Estimate[] estimates = new Estimate[values.length];
        for (int i = 0; i < values.length; i++) {
            int index = i;
            double[] sample =
                    Arrays.stream(replicates).mapToDouble(r -> r[index]).toArray();
            estimates[i] = new Estimate(values[i], jackknife(sample));
        }
        return new Moments(estimates[0], estimates[1], estimates[2]);
    }

    private static double jackknife(double[] replicates) {
        double mean = Arrays.stream(replicates).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(replicates).map(r -> (r - mean) * (r - mean)).sum();
        return Math.sqrt(squares * (replicates.length - 1) / replicates.length);
    }

    /** Sums over some of the batches. */
    private final class Group {
        private final double[] sum;
        private final double[] squares = new double[parts.size()];
        private int count;

        Group(int dimension) {
            this.sum = new double[dimension];
        }

        void add(double[] gradient) {
            Vectors.add(sum, 1, gradient);
            for (int b = 0; b < squares.length; b++) {
                Block block = parts.get(b);
                squares[b] += Vectors.dot(gradient, gradient, block.from(), block.to());
            }
            count++;
        }

        /** Second moment, variance and squared mean over the batches of this group that are not in the other. */
        double[] without(Group other, double[] factors) {
            double n = count - other.count;
            double second = 0;
            double mean = 0;
            for (int b = 0; b < factors.length; b++) {
                if (factors[b] != 0) {
                    second += factors[b] * (squares[b] - other.squares[b]) / n;
                    mean += factors[b] * squaredSum(other, parts.get(b)) / (n * n);
                }
            }
            double variance = n / (n - 1) * (second - mean);
            return new double[] {second, variance, mean - variance / n};
        }

        private double squaredSum(Group other, Block block) {
            double squared = 0;
            for (int i = block.from(); i < block.to(); i++) {
                double left = sum[i] - (other.count == 0 ? 0 : other.sum[i]);
                squared += left * left;
            }
            return squared;
        }
    }
}
