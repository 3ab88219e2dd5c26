package normlab.learning.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import normlab.learning.data.Samples;
import normlab.learning.network.Kernels;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.trial.Scores;

/** Measures a network on whole sets of images, in a fixed order and fixed batches: same model, same numbers. */
public final class Scoring {
    /** Small enough for the activations of a small network to stay in the cache. */
    private static final int BATCH = 125;

    private Scoring() {}

    /** Mean loss and accuracy, computed on the device. */
    public record LossAndAccuracy(double loss, double accuracy) {}

    /** In evaluation mode, over all images. */
    public static LossAndAccuracy quick(NDManager manager, Network network, Samples images) {
        double loss = 0;
        long hits = 0;
        int seen = 0;
        try (Samples.Batches batches = images.inOrder(manager, BATCH)) {
            while (seen < images.size()) {
                try (NDManager step = manager.newSubManager()) {
                    Samples.Batch batch = batches.next(step).orElseThrow();
                    NDArray logits = network.forward(batch.images(), Mode.EVALUATION);
                    long size = logits.getShape().get(0);
                    loss += size
                            * (double)
                                    Kernels.crossEntropy(logits, batch.labels()).getFloat();
                    hits += Kernels.hits(logits, batch.labels()).getLong();
                    seen += (int) size;
                }
            }
        }
        return new LossAndAccuracy(loss / images.size(), (double) hits / images.size());
    }

    /**
     * Mean loss with batch statistics, in batches of {@code size} in file order; an incomplete last batch is left out. It
     * moves the network's running statistics: measure it last.
     */
    public static double trainModeLoss(NDManager manager, Network network, Samples images, int size) {
        int count = images.size() / size;
        double loss = 0;
        try (Samples.Batches batches = images.inOrder(manager, size)) {
            for (int i = 0; i < count; i++) {
                try (NDManager step = manager.newSubManager()) {
                    Samples.Batch batch = batches.next(step).orElseThrow();
                    NDArray logits = network.forward(batch.images(), Mode.TRAINING);
                    loss += Kernels.crossEntropy(logits, batch.labels()).getFloat();
                }
            }
        }
        return loss / count;
    }

    /** Everything that is reported of a test set, in evaluation mode; sums in double precision on the host. */
    public static Scores full(NDManager manager, Network network, Samples images, int classes) {
        Tally tally = new Tally(classes);
        try (Samples.Batches batches = images.inOrder(manager, BATCH)) {
            for (int seen = 0; seen < images.size(); ) {
                try (NDManager step = manager.newSubManager()) {
                    Samples.Batch batch = batches.next(step).orElseThrow();
                    float[] logits = network.forward(batch.images(), Mode.EVALUATION)
                            .toType(DataType.FLOAT32, false)
                            .toFloatArray();
                    long[] labels = batch.labels().toLongArray();
                    for (int i = 0; i < labels.length; i++) {
                        tally.add(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes), (int) labels[i]);
                    }
                    seen += labels.length;
                }
            }
        }
        return tally.scores();
    }

    /** What a classifier that guesses would score: the scores of a diverged trial. */
    public static Scores chance(int classes) {
        List<List<Integer>> none = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            none.add(new ArrayList<>(java.util.Collections.nCopies(classes, 0)));
        }
        List<Double> perClass = java.util.Collections.nCopies(classes, 1.0 / classes);
        return new Scores(Math.log(classes), 1.0 / classes, Math.min(1, 5.0 / classes), perClass, none);
    }
}
