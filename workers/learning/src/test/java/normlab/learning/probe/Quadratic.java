package normlab.learning.probe;

import java.util.List;
import normlab.learning.random.RandomStream;

/**
 * ½(w + d)ᵀH(w + d) with a diagonal H, of two weight arrays; each batch adds Gaussian noise of its own to the gradient.
 */
record Quadratic(double[] origin, double[] spectrum, double noise, int batches, long seed) implements LossSurface {
    static Quadratic of(double[] origin, double... spectrum) {
        return new Quadratic(origin, spectrum, 0, 4, 0);
    }

    @Override
    public List<Block> blocks() {
        int half = origin.length / 2;
        return List.of(
                new Block("first.weight", 0, half, Math.sqrt(Vectors.dot(origin, origin, 0, half)), true),
                new Block(
                        "second.weight",
                        half,
                        origin.length,
                        Math.sqrt(Vectors.dot(origin, origin, half, origin.length)),
                        true));
    }

    /** Each array is one filter. */
    @Override
    public List<Block> filters() {
        return blocks();
    }

    @Override
    public LossAndGradient evaluate(double[] displacement, int batch) {
        RandomStream random = RandomStream.of(seed, "noise", batch);
        double[] gradient = new double[origin.length];
        double loss = 0;
        for (int i = 0; i < gradient.length; i++) {
            double w = origin[i] + displacement[i];
            loss += spectrum[i] * w * w / 2;
            gradient[i] = spectrum[i] * w + noise * random.nextNormal();
        }
        return new LossAndGradient(loss, gradient);
    }
}
