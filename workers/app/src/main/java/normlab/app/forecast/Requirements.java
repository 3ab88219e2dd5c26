package normlab.app.forecast;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import normlab.app.config.Slots;
import normlab.dataset.DatasetManifest;
import normlab.experiment.Activation;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import normlab.experiment.TrialSpec;
import normlab.learning.ComputeDevice;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkSummary;

/** What a campaign needs of a machine, estimated from above. */
public final class Requirements {
    /** Conductor, MLflow, the S3 store, the supervisor and the coordinator. */
    private static final long SERVERS_MIB = 2048;

    /** Of a process that trains: the JVM, the native libraries, and what malloc keeps for itself. */
    private static final long PROCESS_MIB = 280;

    /** Of the machine, for a process that trains on a GPU: CUDA's libraries and its images on their way. Assumed. */
    private static final long HOST_OF_A_GPU_MIB = 4096;

    /** Weights, gradients, momenta, an update of them, the two of a checkpoint that is written, and a copy of one. */
    private static final int ARRAYS_OF_A_TRAINING = 7;

    /** Gradients and intermediate arrays on the way back through the largest operation; fitted to what slots took. */
    private static final int ARRAYS_OF_THE_WAY_BACK = 9;

    /** The input, the sigmoid and their product; the other activations keep their output alone. */
    private static final int ARRAYS_OF_SWISH = 3;

    /** After batch normalization, whose output would otherwise be let go. */
    private static final int ARRAYS_OF_SWISH_AFTER_BATCH_NORM = 5;

    /** The centred input and its product with Σ^(−½); in batch normalization's place, the shifted product as well. */
    private static final int ARRAYS_OF_WHITENING = 2;

    /** Such as 3×3, also in a depthwise one. */
    private static final Pattern CONVOLUTION = Pattern.compile("(depthwise )?[0-9]+×[0-9]+(,.*)?");

    /** Rows, probes, figures and what the tracking server shows of them. */
    private static final long ROWS_OF_A_TRIAL_MIB = 2;

    /** The model in the store, and the same as the tracking server's. */
    private static final int MODELS = 2;

    /** The newest two, and the one that is being written. */
    private static final int CHECKPOINTS = 3;

    /** Weights and momenta. */
    private static final int ARRAYS_OF_A_CHECKPOINT = 2;

    /** Decoded images that are kept in memory; beyond it they are streamed. */
    private static final long LARGEST_IN_MEMORY_MIB = 4096;

    private static final int FLOAT = 4;

    private Requirements() {}

    /** @param trials to be trained, not empty; in each slot the largest of them may run */
    static long memoryMiB(Slots slots, List<TrialSpec> trials, DatasetManifest manifest) {
        long slot = slots.gpus().isEmpty() ? largestMiB(trials, manifest) : HOST_OF_A_GPU_MIB;
        return SERVERS_MIB + slots.count() * slot;
    }

    /** Of the largest of the trials, wherever it is trained. */
    static long largestMiB(List<TrialSpec> trials, DatasetManifest manifest) {
        return sizes(trials).stream()
                .mapToLong(spec -> ofTrial(spec, manifest))
                .max()
                .orElseThrow();
    }

    /** One trial of each size: seeds change nothing of it. */
    private static List<TrialSpec> sizes(List<TrialSpec> trials) {
        Map<List<Object>, TrialSpec> sizes = new LinkedHashMap<>();
        trials.forEach(spec -> sizes.putIfAbsent(
                List.of(
                        spec.network(),
                        spec.normalization(),
                        spec.activation(),
                        spec.head(),
                        spec.recipe().precision(),
                        spec.recipe().batchSize()),
                spec));
        return List.copyOf(sizes.values());
    }

    /**
     * Memory of a process that trains one trial, in MiB: its images, what all operations keep of one batch, what the
     * largest of them needs on the way back, and arrays of the size of the weights. {@code ./normlab bench memory} compares
     * it with what is measured.
     */
    public static long ofTrial(TrialSpec spec, DatasetManifest manifest) {
        NetworkSummary network = network(spec, manifest);
        long kept = network.rows().stream()
                .mapToLong(row -> keptValues(row, spec.normalization()))
                .sum();
        long largest = network.rows().stream()
                .mapToLong(Requirements::outputValues)
                .max()
                .orElseThrow();
        long bytes = activationBytes(spec) * spec.recipe().batchSize() * (kept + ARRAYS_OF_THE_WAY_BACK * largest)
                + FLOAT * ARRAYS_OF_A_TRAINING * network.parameters();
        return PROCESS_MIB + Math.min(decodedMiB(manifest), LARGEST_IN_MEMORY_MIB) + (bytes >> 20);
    }

    /**
     * What an operation keeps of one image for its gradients: its output, and arrays of that size in between. Without batch
     * normalization before the activation, the output of a convolution is let go, or counts as the input of Swish.
     */
    private static long keptValues(NetworkSummary.Row row, Normalization normalization) {
        boolean before = normalization instanceof Normalization.BatchNorm
                || normalization instanceof Normalization.WhitenedBatchNorm;
        int arrays = 1;
        if (row.operation().equals(Activation.SWISH.title())) {
            arrays = before ? ARRAYS_OF_SWISH_AFTER_BATCH_NORM : ARRAYS_OF_SWISH;
        } else if (row.operation().startsWith("whitening")) {
            arrays = before ? ARRAYS_OF_WHITENING + 1 : ARRAYS_OF_WHITENING;
        } else if (!before && CONVOLUTION.matcher(row.operation()).matches()) {
            arrays = 0;
        }
        return arrays * outputValues(row);
    }

    private static long outputValues(NetworkSummary.Row row) {
        return row.output().stream().reduce(1L, Math::multiplyExact);
    }

    /** Where there is no arithmetic for bfloat16, products keep a copy of their operands in float32. */
    private static int activationBytes(TrialSpec spec) {
        Precision precision = spec.recipe().precision();
        return switch (precision) {
            case FLOAT32 -> FLOAT;
            case BFLOAT16 ->
                precision.isFastOn(ComputeDevice.ofEnvironment().deviceClass()) ? FLOAT / 2 : FLOAT + FLOAT / 2;
        };
    }

    private static NetworkSummary network(TrialSpec spec, DatasetManifest manifest) {
        Geometry images = new Geometry(
                manifest.height(),
                manifest.width(),
                manifest.channels(),
                manifest.classes().size());
        return NetworkSummary.of(spec.network(), Design.of(spec), images);
    }

    /**
     * The files of the dataset, the prepared images, what each trial leaves, and the checkpoints of those in training.
     *
     * @param trials to be trained, not empty
     */
    static long diskMiB(Slots slots, List<TrialSpec> trials, DatasetManifest manifest) {
        Map<String, Long> parameters = new HashMap<>();
        sizes(trials)
                .forEach(spec ->
                        parameters.merge(spec.network(), network(spec, manifest).parameters(), Math::max));
        long models = trials.stream()
                .mapToLong(spec -> parameters.getOrDefault(spec.network(), 0L))
                .sum();
        long largest = parameters.values().stream().mapToLong(p -> p).max().orElseThrow();
        long checkpoints = slots.count() * CHECKPOINTS * ARRAYS_OF_A_CHECKPOINT * largest;
        return (manifest.fileBytes() >> 20)
                + Math.min(decodedMiB(manifest), manifest.fileBytes() >> 19)
                + trials.size() * ROWS_OF_A_TRIAL_MIB
                + ((MODELS * models + checkpoints) * FLOAT >> 20);
    }

    private static long decodedMiB(DatasetManifest manifest) {
        return manifest.decodedBytes() >> 20;
    }
}
