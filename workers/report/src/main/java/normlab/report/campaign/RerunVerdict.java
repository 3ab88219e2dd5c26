package normlab.report.campaign;

import java.util.Optional;

/**
 * One trial of a campaign that trains the trials of another afresh.
 *
 * @param originalSha256 of the first campaign's model
 * @param rerunSha256 of the model trained again; absent if that training failed
 */
public record RerunVerdict(String label, String originalSha256, Optional<String> rerunSha256) {
    /** Whether both models are the same bytes. */
    public boolean equalBytes() {
        return rerunSha256.isPresent() && rerunSha256.get().equals(originalSha256);
    }
}
