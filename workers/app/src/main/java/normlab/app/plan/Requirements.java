package normlab.app.plan;

import normlab.app.Slots;
import normlab.dataset.DatasetManifest;

/** What a campaign needs of a machine, estimated from above. */
final class Requirements {
    /** Conductor, MLflow, the S3 store, the supervisor and the coordinator. */
    private static final long SERVERS_MIB = 2048;

    /** Two checkpoints of weights and momenta, and the model, of a network of a million values. */
    private static final long TRIAL_MIB = 20;

    /** Decoded images that are kept in memory; beyond it they are streamed. */
    private static final long LARGEST_IN_MEMORY_MIB = 4096;

    private Requirements() {}

    static long memoryMiB(Slots slots, DatasetManifest manifest) {
        long images = Math.min(decodedMiB(manifest), LARGEST_IN_MEMORY_MIB);
        return SERVERS_MIB + slots.count() * (Slots.MEMORY_OF_A_SLOT_MIB / 2 + images);
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
