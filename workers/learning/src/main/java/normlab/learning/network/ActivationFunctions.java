package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import normlab.experiment.Activation;

/** Each activation φ: the function, its derivative, and the gain of the initial weights that suits it. */
public final class ActivationFunctions {
    /** λ and α of Klambauer et al. 2017. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_ALPHA = 1.6732632423543772;

    private ActivationFunctions() {}

    /** φ(x), differentiable. */
    static NDArray apply(Activation activation, NDArray x) {
        return switch (activation) {
            case SIGMOID -> x.getNDArrayInternal().sigmoid();
            case TANH -> x.tanh();
            case RELU -> x.getNDArrayInternal().relu();
            case SELU -> x.getNDArrayInternal().selu();
            case SWISH -> x.mul(x.getNDArrayInternal().sigmoid());
        };
    }

    /** The usual gain of initial weights without normalization; with Sigmoid, that which keeps the variance. */
    static double gain(Activation activation) {
        return switch (activation) {
            case SIGMOID -> 1 / normalDeviation(activation);
            case SELU -> 1;
            case TANH -> 5.0 / 3;
            case RELU, SWISH -> Math.sqrt(2);
        };
    }

    /** What initial biases cancel without normalization, where the gain magnifies a mean too much; otherwise 0. */
    static double cancelledMean(Activation activation) {
        return switch (activation) {
            case SIGMOID -> normalMean(activation);
            case TANH, RELU, SELU, SWISH -> 0;
        };
    }

    /** E φ(u), u standard normal. */
    static double normalMean(Activation activation) {
        return switch (activation) {
            case SIGMOID -> 0.5;
            case TANH, SELU -> 0;
            case RELU -> 1 / Math.sqrt(2 * Math.PI);
            case SWISH -> 0.2066209641419043;
        };
    }

    /** The standard deviation of φ(u), u standard normal. */
    static double normalDeviation(Activation activation) {
        return switch (activation) {
            case SIGMOID -> 0.20827634493166883;
            case TANH -> 0.6279287303491061;
            case RELU -> Math.sqrt(0.5 - 0.5 / Math.PI);
            case SELU -> 1;
            case SWISH -> 0.5595384678415058;
        };
    }

    /** |φ′(z)|. */
    public static double slope(Activation activation, double z) {
        double sigmoid = 1 / (1 + Math.exp(-z));
        return switch (activation) {
            case SIGMOID -> sigmoid * (1 - sigmoid);
            case TANH -> 1 - Math.tanh(z) * Math.tanh(z);
            case RELU -> z > 0 ? 1 : 0;
            case SELU -> z > 0 ? SELU_SCALE : SELU_SCALE * SELU_ALPHA * Math.exp(z);
            case SWISH -> Math.abs(sigmoid + z * sigmoid * (1 - sigmoid));
        };
    }

    /** The largest |φ′|. */
    public static double steepest(Activation activation) {
        return switch (activation) {
            case SIGMOID -> 0.25;
            case TANH, RELU -> 1;
            case SELU -> SELU_SCALE * SELU_ALPHA;
            case SWISH -> 1.0998;
        };
    }
}
