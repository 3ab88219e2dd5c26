package normlab.app.plan;

import normlab.app.Slots;
import normlab.dataset.DatasetManifest;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.learning.network.NetworkSummary;

/** What a campaign needs of a machine, estimated from above. */
public final class Requirements {
    /** Conductor, MLflow, the S3 store, the supervisor and the coordinator. */
    private static final long SERVERS_MIB = 2048;

    /** Two checkpoints of weights and momenta, and the model, of a network of a million values. */
    private static final long TRIAL_MIB = 20;

    /** Decoded images that are kept in memory; beyond it they are streamed. */
    private static final long LARGEST_IN_MEMORY_MIB = 4096;

    private static final int FLOAT = 4;

    private Requirements() {}

    static long memoryMiB(Slots slots, DatasetManifest manifest) {
        long images = Math.min(decodedMiB(manifest), LARGEST_IN_MEMORY_MIB);
        return SERVERS_MIB + slots.count() * (Slots.MEMORY_OF_A_SLOT_MIB / 2 + images);
    }

    /**
     * Memory of a process that trains one trial: its images, what each operation keeps of a batch for the way back, a
     * quarter more for the gradients on the way, and weights, gradients, momenta and a checkpoint.
     */
    public static long ofTrial(TrialSpec spec, DatasetManifest manifest) {
        Geometry images = new Geometry(
                manifest.height(),
                manifest.width(),
                manifest.channels(),
                manifest.classes().size());
        NetworkSummary network =
                NetworkSummary.of(spec.network(), spec.normalization(), spec.activation(), spec.head(), images);
        long kept = network.rows().stream()
                .mapToLong(row -> row.output().stream().reduce(1L, Math::multiplyExact))
                .sum();
        long bytes = kept * spec.recipe().batchSize() * FLOAT * 5 / 4 + network.parameters() * FLOAT * 4;
        return Slots.MEMORY_OF_A_SLOT_MIB / 2 + Math.min(decodedMiB(manifest), LARGEST_IN_MEMORY_MIB) + (bytes >> 20);
    }

    /** The files of the dataset, the prepared images, and what the trials leave. */
    static long diskMiB(int trials, DatasetManifest manifest) {
        return (manifest.fileBytes() >> 20)
                + Math.min(decodedMiB(manifest), manifest.fileBytes() >> 19)
                + trials * TRIAL_MIB;
    }

    private static long decodedMiB(DatasetManifest manifest) {
        return manifest.decodedBytes() >> 20;
    }
}
