package normlab.report.campaign;

import static normlab.json.Checks.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Experiment;

/**
 * All that a report is made from.
 *
 * @param trials every planned trial once, failed ones included
 * @param startedAt when the campaign began, on the wall clock
 * @param endedAt when its last trial ended; not before {@code startedAt}
 * @param slots training processes that ran side by side, 1 or more
 * @param workflowId of the workflow that ran the campaign
 * @param rerun model by model, where the campaign repeats another; else empty
 */
public record CampaignResults(
        CampaignRecord record,
        Experiment experiment,
        List<TrialOutcome> trials,
        Instant startedAt,
        Instant endedAt,
        int slots,
        Optional<String> workflowId,
        List<RerunVerdict> rerun) {
    public CampaignResults {
        check(!endedAt.isBefore(startedAt), "campaign ends at %s, before it starts at %s", endedAt, startedAt);
        check(slots >= 1, "slots is %s, expected 1 or more", slots);
        for (TrialOutcome trial : trials) {
            String arm = trial.planned().arm();
            check(
                    experiment.arms().containsKey(arm),
                    "trial %s names the arm '%s', known are %s",
                    trial.planned().label(),
                    arm,
                    experiment.arms().keySet());
        }
        trials = List.copyOf(trials);
        rerun = List.copyOf(rerun);
    }

    public Duration wall() {
        return Duration.between(startedAt, endedAt);
    }

    /** Trials that were complete before the campaign began. */
    public long cached() {
        return trials.stream().filter(t -> t.planned().cached()).count();
    }
}
