package normlab.learning.probe;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Optional;

/** E[x xᵀ] over the channels of each pixel, over equally large batches, in double precision. */
final class SecondMoments {
    /** Beyond so many channels the matrix takes more memory than it tells. */
    private static final int MOST_CHANNELS = 1024;

    private static final int ITERATIONS = 500;
    private static final double TOLERANCE = 1e-6;

    private final int channels;
    private final double[] products;
    private long pixels;

    SecondMoments(int channels) {
        this.channels = channels;
        this.products = new double[channels <= MOST_CHANNELS ? channels * channels : 0];
    }

    /** @param batch (N, C, H, W) or (N, C) */
    void add(NDArray batch) {
        if (products.length == 0) {
            return;
        }
        NDArray channelsLast = batch.getShape().dimension() == 4 ? batch.transpose(0, 2, 3, 1) : batch;
        NDArray rows = channelsLast.reshape(-1, channels);
        float[] found = rows.transpose().matMul(rows).toFloatArray();
        for (int i = 0; i < products.length; i++) {
            products[i] += found[i];
        }
        pixels += rows.getShape().get(0);
    }

    /** By power iteration, which cannot fail on a matrix without negative eigenvalues; empty with too many channels. */
    Optional<Double> largestEigenvalue() {
        if (products.length == 0) {
            return Optional.empty();
        }
        double[] v = new double[channels];
        Arrays.setAll(v, i -> 1 + i % 7 / 7.0);
        double value = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            v = Vectors.times(1 / Vectors.norm(v), v);
            double[] product = times(v);
            double next = Vectors.norm(product);
            if (!(Math.abs(next - value) > TOLERANCE * next)) {
                return Optional.of(next / pixels);
            }
            value = next;
            v = product;
        }
        return Optional.of(value / pixels);
    }

    private double[] times(double[] v) {
        double[] product = new double[channels];
        for (int row = 0; row < channels; row++) {
            for (int column = 0; column < channels; column++) {
                product[row] += products[row * channels + column] * v[column];
            }
        }
        return product;
    }
}
