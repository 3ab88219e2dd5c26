package normlab.learning.probe;

import java.util.List;

/**
 * A loss over a vector of parameters, seen from a fixed origin. The loss is an average over batches, each of which gives
 * a loss and a gradient of its own: the stochastic gradient.
 */
interface LossSurface {
    /** The arrays that make up the vector, in order and without gaps. */
    List<Block> blocks();

    /** How many batches there are, none of which shares an image with another. */
    int batches();

    /**
     * @param displacement from the origin; it is not kept
     * @param batch from 0
     */
    Slope slope(double[] displacement, int batch);

    /**
     * @param from inclusive
     * @param to exclusive
     * @param norm of the parameters at the origin
     * @param weight whether it is the weight array of a convolution or fully connected layer
     */
    record Block(String name, int from, int to, double norm, boolean weight) {
        int size() {
            return to - from;
        }
    }

    record Slope(double loss, double[] gradient) {}

    default int dimension() {
        return blocks().getLast().to();
    }

    /** Of the parameters at the origin. */
    default double norm() {
        return Math.sqrt(blocks().stream().mapToDouble(b -> b.norm() * b.norm()).sum());
    }

    /** Mean loss and gradient over the first {@code count} batches. */
    default Slope mean(double[] displacement, int count) {
        double loss = 0;
        double[] gradient = new double[dimension()];
        for (int i = 0; i < count; i++) {
            Slope slope = slope(displacement, i);
            loss += slope.loss() / count;
            Vectors.add(gradient, 1.0 / count, slope.gradient());
        }
        return new Slope(loss, gradient);
    }
}
