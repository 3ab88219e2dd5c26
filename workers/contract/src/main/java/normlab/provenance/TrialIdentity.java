package normlab.provenance;

import normlab.experiment.TrialSpec;
import normlab.json.Json;

/** All that decides the bytes of a trained model. Equal identities have equal keys, and equal keys equal bytes. */
public record TrialIdentity(TrialSpec spec, String datasetFingerprint, TrainingStack stack) {
    /** SHA-256 of the canonical JSON of this record, 64 hexadecimal digits. */
    public String key() {
        return Sha256.of(Json.bytes(this));
    }
}
