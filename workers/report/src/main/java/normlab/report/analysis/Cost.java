package normlab.report.analysis;

import java.util.List;
import java.util.OptionalDouble;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.TrialResult;

/**
 * What a campaign cost.
 *
 * @param wallSeconds from its start to its end
 * @param trialSeconds Σ (training + evaluation) of the trials trained in this campaign
 * @param trained trials with a result that did not come from the cache
 * @param orchestrationShare 1 − Σ training / (slots × wallSeconds). Evaluation is left out, since it runs in parallel:
 *     a slot that waits for one counts as orchestration. Absent if nothing was trained, if no time passed, or if the
 *     trials took longer than all slots had, for example because part of their training predates the campaign
 */
public record Cost(double wallSeconds, double trialSeconds, int trained, OptionalDouble orchestrationShare) {
    public static Cost of(CampaignResults campaign) {
        List<TrialOutcome> fresh = campaign.trials().stream()
                .filter(t -> !t.planned().cached() && t.result().isPresent())
                .toList();
        double seconds = fresh.stream().mapToDouble(Cost::seconds).sum();
        double wall = campaign.wall().toMillis() / 1000.0;
        double training = fresh.stream()
                .flatMap(t -> t.result().stream())
                .mapToDouble(r -> r.training().seconds())
                .sum();
        double share = 1 - training / (campaign.slots() * wall);
        boolean known = !fresh.isEmpty() && Double.isFinite(share) && share >= 0;
        return new Cost(wall, seconds, fresh.size(), known ? OptionalDouble.of(share) : OptionalDouble.empty());
    }

    /** Seconds of training and evaluation; 0 for a failed trial. */
    public static double seconds(TrialOutcome trial) {
        return trial.result().map(Cost::seconds).orElse(0.0);
    }

    private static double seconds(TrialResult result) {
        return result.training().seconds() + result.evaluationSeconds();
    }
}
