package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Precise statistics after Wu and Johnson 2021: moments of several batches at the same weights, pooled as the mean of the
 * variances plus the variance of the means. They stand in for the network's running statistics while this is open;
 * closing puts those back, bit for bit.
 */
public final class PooledStatistics implements AutoCloseable {
    private final NDManager scope;
    private final Network network;
    private final Map<NDArray, NDArray> own = new LinkedHashMap<>();
    private final List<Pool> pools = new ArrayList<>();
    private int batches;

    /** Sums of one normaliser's moments over the batches. Σ m mᵀ + C is the moment about 0, which simply adds up. */
    private static final class Pool {
        private final Normaliser.Statistics statistics;
        private final double unbiased;
        private final double[] means;
        private final double[] moments;

        Pool(Normaliser.Statistics statistics, Shape batch) {
            double values = BatchStatistics.valuesPerChannel(batch);
            this.statistics = statistics;
            this.unbiased = values / (values - 1);
            this.means = new double[Math.toIntExact(batch.get(1))];
            this.moments =
                    new double[Math.toIntExact(statistics.spread().shape().size())];
        }

        /** How many channels have joint moments: 1 but for covariances. */
        private int groupSize() {
            return moments.length / means.length;
        }

        /** @param share of the batch in the running statistics, which were 0 before it */
        void add(ParameterStore store, double share) {
            double[] spread = values(store.get(statistics.spread()));
            if (statistics.mean().isEmpty()) {
                for (int i = 0; i < moments.length; i++) {
                    moments[i] += spread[i] / share;
                }
                return;
            }
            double[] mean = values(store.get(statistics.mean().get()));
            for (int i = 0; i < means.length; i++) {
                means[i] += mean[i] / share;
            }
            for (int i = 0; i < moments.length; i++) {
                moments[i] += spread[i] / share / unbiased + product(mean, i) / (share * share);
            }
        }

        /** mᵢ·mⱼ of the two channels whose moment has this index. */
        private double product(double[] mean, int index) {
            int size = groupSize();
            int row = index / size;
            return mean[row] * mean[row / size * size + index % size];
        }

        void install(ParameterStore store, int batches) {
            double[] mean = new double[means.length];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = means[i] / batches;
            }
            double[] spread = new double[moments.length];
            for (int i = 0; i < spread.length; i++) {
                spread[i] = moments[i] / batches - product(mean, i);
            }
            statistics.mean().ifPresent(m -> set(store.get(m), mean));
            set(store.get(statistics.spread()), spread);
        }
    }

    /**
     * Starts with no batch.
     *
     * @param network whose parameters must not change while this is open
     */
    public PooledStatistics(NDManager manager, Network network) {
        this.scope = manager.newSubManager();
        this.network = network;
        for (Network.Parameter buffer : network.buffers()) {
            NDArray copy = buffer.value().duplicate();
            copy.attach(scope);
            own.put(buffer.value(), copy);
        }
    }

    private void addPools(Layer layer, Shape input, long images) {
        if (layer instanceof Normaliser normaliser) {
            pools.add(new Pool(normaliser.statistics(), new Shape(images).addAll(input)));
        }
        layer.parts(input).forEach(part -> addPools(part.layer(), part.input(), images));
    }

    /**
     * Adds the moments of one batch.
     *
     * @param images (N, C, H, W), as many as in every other batch
     */
    public void add(NDArray images) {
        if (batches == 0) {
            addPools(
                    network.layers(),
                    images.getShape().slice(1),
                    images.getShape().get(0));
        }
        own.keySet().forEach(PooledStatistics::clear);
        network.forward(images, Mode.TRAINING);
        pools.forEach(pool -> pool.add(network.store(), pool.statistics.momentum()));
        batches++;
    }

    /** From here on, evaluation mode uses the pooled moments of all batches so far. */
    public void install() {
        pools.forEach(pool -> pool.install(network.store(), batches));
    }

    @Override
    public void close() {
        own.forEach((buffer, copy) -> buffer.set(new NDIndex("..."), copy));
        scope.close();
    }

    /** Setting a number instead would leave an array with the network's manager. */
    private static void clear(NDArray array) {
        try (NDArray zeros = array.zerosLike()) {
            array.set(new NDIndex("..."), zeros);
        }
    }

    private static double[] values(NDArray array) {
        try (NDArray doubles = array.toType(DataType.FLOAT64, true)) {
            return doubles.toDoubleArray();
        }
    }

    private static void set(NDArray array, double[] values) {
        try (NDArray doubles = array.getManager().create(values, array.getShape());
                NDArray same = doubles.toType(array.getDataType(), true)) {
            array.set(new NDIndex("..."), same);
        }
    }
}
