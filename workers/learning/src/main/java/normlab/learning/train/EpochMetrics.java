package normlab.learning.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.Safetensors;
import normlab.trial.JournalRow.Divergence;

/** Losses and hits of an epoch's steps. They stay on the device until they are read. */
final class EpochMetrics {
    private static final String LOSSES = "epoch.losses";
    private static final String HITS = "epoch.hits";

    private final NDManager scope;
    private final NDArray hits;
    private final NDList unread = new NDList();
    private float[] losses = new float[0];

    /** @param scope of the arrays on the device, open for the whole epoch */
    EpochMetrics(NDManager scope) {
        this.scope = scope;
        this.hits = scope.zeros(new Shape(1), DataType.INT64);
    }

    /** Restores what {@link #state} held after so many steps. */
    static EpochMetrics of(NDManager scope, NDList stored, int steps) {
        EpochMetrics metrics = new EpochMetrics(scope);
        if (steps > 0) {
            metrics.losses =
                    Safetensors.require(stored, LOSSES, new Shape(steps)).toFloatArray();
            metrics.hits.addi(Safetensors.require(stored, HITS, new Shape(1)));
        }
        return metrics;
    }

    /** The losses and hits so far; empty before the first step. */
    List<Safetensors.Named> state(NDManager scratch) {
        float[] values = losses();
        return values.length == 0
                ? List.of()
                : List.of(new Safetensors.Named(LOSSES, scratch.create(values)), new Safetensors.Named(HITS, hits));
    }

    /**
     * @param loss of one step, a scalar on the device
     * @param hit how many images it classified correctly, a scalar on the device
     */
    void add(NDArray loss, NDArray hit) {
        loss.attach(scope);
        unread.add(loss);
        hits.addi(hit);
    }

    /** The loss of each step so far; waits for the device. */
    private float[] losses() {
        if (!unread.isEmpty()) {
            try (NDArray stacked = NDArrays.stack(unread)) {
                float[] values = stacked.toFloatArray();
                int known = losses.length;
                losses = Arrays.copyOf(losses, known + values.length);
                System.arraycopy(values, 0, losses, known, values.length);
            }
            unread.forEach(NDArray::close);
            unread.clear();
        }
        return losses;
    }

    /** The mean loss of the last {@code window} steps; waits for the device. */
    double meanLoss(int window) {
        float[] values = losses();
        double sum = 0;
        for (int i = values.length - window; i < values.length; i++) {
            sum += values[i];
        }
        return sum / window;
    }

    long hits() {
        return hits.toLongArray()[0];
    }

    /** @param before optimizer steps taken before the epoch */
    Optional<Divergence> divergence(long before) {
        float[] values = losses();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return Optional.of(new Divergence(before + i, i == 0 ? Double.NaN : values[i - 1]));
            }
        }
        return Optional.empty();
    }
}
