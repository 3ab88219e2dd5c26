package normlab.platform.conductor;

import java.util.Optional;

/**
 * One trial of a campaign.
 *
 * @param prefix where the trial lies in the store
 * @param status scheduled until a worker has begun to train; running until the model is scored
 * @param reason why it failed
 */
public record TrialBranch(
        String prefix, Step.Status status, Optional<String> reason, Optional<Step> train, Optional<Step> evaluate) {}
