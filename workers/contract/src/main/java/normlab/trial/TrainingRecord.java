package normlab.trial;

import java.time.Instant;
import normlab.provenance.Machine;

/**
 * What training leaves beside the model.
 *
 * @param modelSha256 of {@code model.safetensors}
 * @param parameters learnable values
 * @param resumes how often training went on from a checkpoint
 * @param seconds spent in training, over all attempts that count
 */
public record TrainingRecord(
        Outcome outcome,
        int epochs,
        String modelSha256,
        long parameters,
        int resumes,
        Instant startedAt,
        Instant endedAt,
        double seconds,
        Machine machine) {}
