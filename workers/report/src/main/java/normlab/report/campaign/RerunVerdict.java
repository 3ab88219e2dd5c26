package normlab.report.campaign;

import java.util.Optional;

/**
 * One trial of a run that repeats another with fresh training.
 *
 * @param originalSha256 of the first run's model
 * @param rerunSha256 of the model trained again; absent if that training failed
 */
public record RerunVerdict(String label, String originalSha256, Optional<String> rerunSha256) {
    /** Whether both models are the same bytes. */
    public boolean equalBytes() {
        return rerunSha256.isPresent() && rerunSha256.get().equals(originalSha256);
    }
}
