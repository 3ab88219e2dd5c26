package normlab.learning.probe;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import normlab.experiment.Activation;
import normlab.learning.network.Nonlinearity;
import normlab.learning.network.Observer;
import normlab.trial.ProbeRow.LayerState;
import normlab.trial.ProbeRow.StatisticsDrift;

/** Moments of weight inputs and pre-activations, saturation, and how far running statistics lie behind. */
final class LayerProbe implements Observer {
    /** Share of the largest |φ′| below which φ is saturated. */
    private static final double SATURATED = 0.1;

    private final Map<String, ChannelStatistics> inputs = new TreeMap<>();
    private final Map<String, PreActivation> preActivations = new TreeMap<>();
    private final Map<String, Normaliser> normalisers = new TreeMap<>();

    private static final class PreActivation {
        private final ChannelStatistics statistics;
        private long saturated;
        private long values;

        PreActivation(int channels) {
            this.statistics = new ChannelStatistics(channels);
        }
    }

    private record Normaliser(float[] mean, float[] variance, ChannelStatistics statistics) {}

    @Override
    public void weightInput(String weight, NDArray x) {
        inputs.computeIfAbsent(weight, w -> new ChannelStatistics(channels(x))).add(x);
    }

    @Override
    public void preActivation(String weight, Activation activation, NDArray z) {
        PreActivation seen = preActivations.computeIfAbsent(weight, w -> new PreActivation(channels(z)));
        if (seen.statistics.channels() != channels(z)) {
            // A later φ behind the same weights, as behind a concatenation: the first one is theirs.
            return;
        }
        seen.statistics.add(z);
        for (float value : z.toFloatArray()) {
            seen.saturated +=
                    Nonlinearity.slope(activation, value) < SATURATED * Nonlinearity.steepest(activation) ? 1 : 0;
            seen.values++;
        }
    }

    @Override
    public void normaliserInput(String normaliser, NDArray x, NDArray mean, NDArray variance) {
        // Batches move the running statistics: those at the first batch are the network's.
        normalisers
                .computeIfAbsent(
                        normaliser,
                        n -> new Normaliser(
                                mean.toFloatArray(), variance.toFloatArray(), new ChannelStatistics(channels(x))))
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
                            input.secondMoment(),
                            input.meanToVariance(),
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
        double mean = 0;
        double logVariance = 0;
        for (int c = 0; c < now.channels(); c++) {
            double behind = normaliser.mean()[c] - now.mean(c);
            mean += behind * behind / now.variance(c);
            logVariance += Math.abs(Math.log(normaliser.variance()[c] / now.variance(c)));
        }
        return new StatisticsDrift(mean / now.channels(), logVariance / now.channels());
    }
}
