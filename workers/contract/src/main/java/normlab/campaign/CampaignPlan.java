package normlab.campaign;

import java.util.List;

/** The trials of a campaign, in the order of the experiment. */
public record CampaignPlan(List<PlannedTrial> trials) {
    public CampaignPlan {
        trials = List.copyOf(trials);
    }

    /**
     * @param arm name of the arm in the experiment
     * @param label for people: {@code sigmoid-cbn-s3}
     * @param prefix where it lies in the store
     * @param cached whether it was complete when the campaign was planned
     */
    public record PlannedTrial(String key, String arm, String label, String prefix, boolean cached) {}
}
