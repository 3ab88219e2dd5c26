package normlab.learning.evaluate;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.function.Supplier;
import normlab.experiment.PreciseStatistics;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Images;
import normlab.learning.data.Samples;
import normlab.learning.network.Network;
import normlab.learning.network.PooledStatistics;
import normlab.learning.random.RandomStream;

/**
 * Evaluates with {@linkplain PreciseStatistics precise statistics}. The sample depends on the seed alone, so it is the same
 * in every arm and after every epoch; it takes no number from the streams of the training.
 */
public final class PreciseEvaluator {
    private final NDManager manager;
    private final TrialSpec spec;
    private final Samples train;
    private Optional<Images> sample = Optional.empty();

    /** @param train where the sample is drawn from, at the first use */
    public PreciseEvaluator(NDManager manager, TrialSpec spec, Samples train) {
        this.manager = manager;
        this.spec = spec;
        this.train = train;
    }

    /**
     * What {@code evaluation} finds while the network has precise statistics; afterwards it has its own again, bit for bit.
     * Empty where the trial asks for none, or the network has no statistics.
     */
    public <T> Optional<T> evaluate(Network network, Supplier<T> evaluation) {
        return spec.preciseStatistics()
                .filter(p -> network.hasStatistics())
                .map(precise -> evaluate(network, sample(precise), evaluation));
    }

    private <T> T evaluate(Network network, Images images, Supplier<T> evaluation) {
        int size = Math.min(spec.recipe().batchSize(), images.size());
        try (PooledStatistics statistics = new PooledStatistics(manager, network)) {
            for (int from = 0; from + size <= images.size(); from += size) {
                try (NDManager step = manager.newSubManager()) {
                    statistics.add(images.batch(step, from, from + size).images());
                }
            }
            statistics.install();
            return evaluation.get();
        }
    }

    private Images sample(PreciseStatistics precise) {
        Images drawn = sample.orElseGet(
                () -> train.drawn(manager, RandomStream.of(spec.seed(), "precise-images", 0), precise.images()));
        sample = Optional.of(drawn);
        return drawn;
    }
}
