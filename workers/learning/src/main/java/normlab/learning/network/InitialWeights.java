package normlab.learning.network;

import normlab.experiment.Activation;
import normlab.experiment.Normalization;
import normlab.learning.random.RandomStream;

/**
 * Initial weights: normal with standard deviation gain/√fan-in. The draws depend on seed and layer alone, so the arms of
 * a pair start from the same numbers, scaled.
 */
final class InitialWeights {
    private final long seed;

    InitialWeights(long seed) {
        this.seed = seed;
    }

    /** Standard deviation gain/√fanIn, from the stream of this layer. */
    float[] normal(int layer, int size, double deviation) {
        RandomStream stream = RandomStream.of(seed, "initial-weights", layer);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (deviation * stream.nextNormal());
        }
        return values;
    }

    /**
     * Gain of a convolution. BN makes it irrelevant to the function (1); CBN-R wants pre-activations of variance 1 from
     * inputs of standard deviation c (1/c); without normalization it is the usual one of each activation. The first layer
     * reads standardised images, so its gain is 1.
     */
    static double gain(Normalization normalization, Activation activation, boolean first) {
        if (first) {
            return 1;
        }
        return switch (normalization) {
            case Normalization.BatchNorm ignored -> 1;
            case Normalization.CompleteBatchNorm cbn -> 1 / cbn.c();
            case Normalization.None ignored ->
                switch (activation) {
                    case SIGMOID, SELU -> 1;
                    case TANH -> 5.0 / 3;
                    case RELU, SWISH -> Math.sqrt(2);
                };
        };
    }
}
