package normlab.learning.probe;

import java.util.List;

/**
 * A loss as a function of a parameter vector, given as a displacement from a fixed origin. It is an average over batches,
 * each of which has its own loss and gradient: the stochastic gradient.
 */
interface LossSurface {
    /** The arrays that form the vector, in order and without gaps. */
    List<Block> blocks();

    /**
     * The parts that scale a unit: the filters of weight arrays, and each γ. A layer's gain lies in either, by arm, so
     * scale-free quantities count both. A part has the name of its array.
     */
    List<Block> filters();

    /** How many batches there are. No two share an image. */
    int batches();

    /**
     * @param displacement from the origin; not retained
     * @param batch its number, from 0
     */
    LossAndGradient evaluate(double[] displacement, int batch);

    /**
     * An array within the vector.
     *
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

    record LossAndGradient(double loss, double[] gradient) {}

    default int dimension() {
        return blocks().getLast().to();
    }

    /** The norm of the parameters at the origin. */
    default double norm() {
        return Math.sqrt(blocks().stream().mapToDouble(b -> b.norm() * b.norm()).sum());
    }

    /** Mean loss and gradient over the first {@code count} batches. */
    default LossAndGradient mean(double[] displacement, int count) {
        double loss = 0;
        double[] gradient = new double[dimension()];
        for (int i = 0; i < count; i++) {
            LossAndGradient at = evaluate(displacement, i);
            loss += at.loss() / count;
            Vectors.add(gradient, 1.0 / count, at.gradient());
        }
        return new LossAndGradient(loss, gradient);
    }
}
