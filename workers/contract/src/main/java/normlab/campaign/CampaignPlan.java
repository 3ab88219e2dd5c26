package normlab.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.experiment.ArmTrial;
import normlab.trial.TrialId;

/** The trials of a campaign, in the order of the experiment. */
public record CampaignPlan(List<PlannedTrial> trials) {
    public CampaignPlan {
        trials = List.copyOf(trials);
    }

    /**
     * @param id as JSON {@code prefix}, its place in the store, and {@code key} beside it
     * @param arm name of the arm in the experiment
     * @param label for people: {@code sigmoid-cbn-s3}
     * @param cached whether it was complete when the campaign was planned
     */
    @JsonIgnoreProperties(value = "key", allowGetters = true)
    public record PlannedTrial(@JsonProperty("prefix") TrialId id, String arm, String label, boolean cached) {
        /** Of the trial's identity. */
        @JsonProperty
        public String key() {
            return id.key();
        }

        /** The name of the trial's cell, which its seeds share: its label without the seed. */
        public String cell() {
            return label.substring(0, label.lastIndexOf(ArmTrial.SEED));
        }
    }
}
