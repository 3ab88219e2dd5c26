package normlab.learning.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import normlab.learning.data.Samples;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.network.TorchOps;
import normlab.trial.Scores;

/** Evaluates a network on whole sets of images, in a fixed order and fixed batches: equal models get equal numbers. */
public final class Evaluator {
    /** Small enough that the activations of a small network stay in the cache. */
    private static final int BATCH = 125;

    private Evaluator() {}

    /** Mean loss, and accuracy in [0, 1]. */
    public record LossAndAccuracy(double loss, double accuracy) {}

    /** Of all images, in evaluation mode; computed on the device. */
    public static LossAndAccuracy lossAndAccuracy(NDManager manager, Network network, Samples images) {
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
                            * (double) TorchOps.crossEntropy(logits, batch.labels())
                                    .getFloat();
                    hits += TorchOps.hits(logits, batch.labels()).getLong();
                    seen += (int) size;
                }
            }
        }
        return new LossAndAccuracy(loss / images.size(), (double) hits / images.size());
    }

    /**
     * Mean loss with batch statistics, over batches of {@code size} in file order without an incomplete last one. It
     * updates the network's running statistics, so it comes last.
     */
    public static double trainModeLoss(NDManager manager, Network network, Samples images, int size) {
        int count = images.size() / size;
        double loss = 0;
        try (Samples.Batches batches = images.inOrder(manager, size)) {
            for (int i = 0; i < count; i++) {
                try (NDManager step = manager.newSubManager()) {
                    Samples.Batch batch = batches.next(step).orElseThrow();
                    NDArray logits = network.forward(batch.images(), Mode.TRAINING);
                    loss += TorchOps.crossEntropy(logits, batch.labels()).getFloat();
                }
            }
        }
        return loss / count;
    }

    /** All scores of a test set, in evaluation mode; summed in double precision on the host. */
    public static Scores scores(NDManager manager, Network network, Samples images, int classes) {
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        try (Samples.Batches batches = images.inOrder(manager, BATCH)) {
            for (int seen = 0; seen < images.size(); ) {
                try (NDManager step = manager.newSubManager()) {
                    Samples.Batch batch = batches.next(step).orElseThrow();
                    float[] logits = network.forward(batch.images(), Mode.EVALUATION)
                            .toType(DataType.FLOAT32, false)
                            .toFloatArray();
                    long[] labels = batch.labels().toLongArray();
                    for (int i = 0; i < labels.length; i++) {
                        matrix.add(Arrays.copyOfRange(logits, i * classes, (i + 1) * classes), (int) labels[i]);
                    }
                    seen += labels.length;
                }
            }
        }
        return matrix.scores();
    }

    /** The scores of guessing, which a diverged trial gets. */
    public static Scores chance(int classes) {
        List<List<Integer>> none = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            none.add(new ArrayList<>(Collections.nCopies(classes, 0)));
        }
        List<Double> perClass = Collections.nCopies(classes, 1.0 / classes);
        return new Scores(Math.log(classes), 1.0 / classes, Math.min(1, 5.0 / classes), perClass, none);
    }
}
