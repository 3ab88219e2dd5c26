package normlab.learning.probe;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.experiment.Activation;
import normlab.learning.network.ActivationFunctions;
import normlab.learning.network.ForwardHook;
import normlab.trial.ProbeRow.LayerState;
import normlab.trial.ProbeRow.StatisticsDrift;

/** Moments of weight inputs and pre-activations, saturation, and how far running statistics lag behind. */
final class LayerProbe implements ForwardHook {
    /** φ counts as saturated where |φ′| is below this share of its maximum. */
    private static final double SATURATED = 0.1;

    private final Map<String, WeightInput> inputs = new TreeMap<>();
    private final Map<String, PreActivation> preActivations = new TreeMap<>();
    private final Map<String, Normaliser> normalisers = new TreeMap<>();

    private record WeightInput(ChannelStatistics statistics, SecondMoments moments) {
        WeightInput(int channels) {
            this(new ChannelStatistics(channels), new SecondMoments(channels));
        }

        void add(NDArray x) {
            statistics.add(x);
            moments.add(x);
        }
    }

    private static final class PreActivation {
        private final ChannelStatistics statistics;
        private long saturated;
        private long values;

        PreActivation(int channels) {
            this.statistics = new ChannelStatistics(channels);
        }
    }

    /** @param mean empty for a normaliser that does not centre; {@code spread} is then the mean square */
    private record Normaliser(Optional<float[]> mean, float[] spread, ChannelStatistics statistics) {}

    @Override
    public void weightInput(String weight, NDArray x) {
        inputs.computeIfAbsent(weight, w -> new WeightInput(channels(x))).add(x);
    }

    @Override
    public void preActivation(String weight, Activation activation, NDArray z) {
        PreActivation seen = preActivations.computeIfAbsent(weight, w -> new PreActivation(channels(z)));
        if (seen.statistics.channels() != channels(z)) {
            // A later φ after the same weights, as after a concatenation: only the first belongs to them.
            return;
        }
        seen.statistics.add(z);
        for (float value : z.toFloatArray()) {
            seen.saturated +=
                    ActivationFunctions.slope(activation, value) < SATURATED * ActivationFunctions.steepest(activation)
                            ? 1
                            : 0;
            seen.values++;
        }
    }

    @Override
    public void normaliserInput(String normaliser, NDArray x, RunningMoments running) {
        // Each batch updates the running statistics: the network's own are those at the first batch.
        normalisers
                .computeIfAbsent(
                        normaliser,
                        n -> new Normaliser(
                                running.mean().map(NDArray::toFloatArray),
                                running.spread().toFloatArray(),
                                new ChannelStatistics(channels(x))))
                .statistics()
                .add(x);
    }

    private static int channels(NDArray array) {
        return Math.toIntExact(array.getShape().get(1));
    }

    /** @param norms ‖W‖ by weight array */
    Map<String, LayerState> states(Map<String, Double> norms) {
        Map<String, LayerState> states = new TreeMap<>();
        inputs.forEach((weight, input) -> {
            PreActivation z = preActivations.get(weight);
            states.put(
                    weight,
                    new LayerState(
                            norms.getOrDefault(weight, Double.NaN),
                            input.statistics().secondMoment(),
                            input.moments().largestEigenvalue(),
                            input.statistics().meanToVariance(),
                            z == null ? Double.NaN : Math.sqrt(z.statistics.meanVariance()),
                            z == null ? Double.NaN : (double) z.saturated / z.values));
        });
        return states;
    }

    Map<String, StatisticsDrift> drifts() {
        Map<String, StatisticsDrift> drifts = new TreeMap<>();
        normalisers.forEach((name, normaliser) -> drifts.put(name, drift(normaliser)));
        return drifts;
    }

    private static StatisticsDrift drift(Normaliser normaliser) {
        ChannelStatistics now = normaliser.statistics();
        double logSpread = 0;
        for (int c = 0; c < now.channels(); c++) {
            double spread = normaliser.mean().isPresent() ? now.variance(c) : now.secondMoment(c);
            logSpread += Math.abs(Math.log(normaliser.spread()[c] / spread));
        }
        double mean = normaliser.mean().map(running -> meanDrift(running, now)).orElse(Double.NaN);
        return new StatisticsDrift(mean, logSpread / now.channels());
    }

    private static double meanDrift(float[] running, ChannelStatistics now) {
        double drift = 0;
        for (int c = 0; c < now.channels(); c++) {
            double difference = running[c] - now.mean(c);
            drift += difference * difference / now.variance(c);
        }
        return drift / now.channels();
    }
}
