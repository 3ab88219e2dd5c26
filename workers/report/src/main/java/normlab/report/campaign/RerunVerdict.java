package normlab.report.campaign;

import java.util.Optional;

/**
 * One trial of a campaign that repeats the training of another campaign.
 *
 * @param originalSha256 SHA-256 of the first campaign's model
 * @param rerunSha256 SHA-256 of the retrained model; absent if that training failed
 */
public record RerunVerdict(String label, String originalSha256, Optional<String> rerunSha256) {
    /** Whether both models have the same bytes. */
    public boolean equalBytes() {
        return rerunSha256.isPresent() && rerunSha256.get().equals(originalSha256);
    }
}
