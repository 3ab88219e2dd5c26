package normlab.report.campaign;

import static normlab.json.Checks.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Experiment;
import normlab.registration.RegistrationStatus;

/**
 * Everything that a report is made from.
 *
 * @param trials every planned trial once, failed ones included
 * @param startedAt when the campaign started, in wall-clock time
 * @param endedAt when its last trial ended; not before {@code startedAt}
 * @param slots the number of parallel training processes, 1 or more
 * @param workflowId id of the workflow that ran the campaign
 * @param rerun one verdict per model if the campaign repeats another; otherwise empty
 * @param registration whether the campaign kept to a registration
 * @param classes names of the dataset's classes by index; empty if they are not known
 */
public record CampaignResults(
        CampaignRecord record,
        Experiment experiment,
        List<TrialOutcome> trials,
        Instant startedAt,
        Instant endedAt,
        int slots,
        Optional<String> workflowId,
        List<RerunVerdict> rerun,
        RegistrationStatus registration,
        List<String> classes) {
    /** Of a campaign that was started without a registration, on a dataset whose classes have no known names. */
    public CampaignResults(
            CampaignRecord record,
            Experiment experiment,
            List<TrialOutcome> trials,
            Instant startedAt,
            Instant endedAt,
            int slots,
            Optional<String> workflowId,
            List<RerunVerdict> rerun) {
        this(
                record,
                experiment,
                trials,
                startedAt,
                endedAt,
                slots,
                workflowId,
                rerun,
                RegistrationStatus.none(),
                List.of());
    }

    public CampaignResults {
        check(!endedAt.isBefore(startedAt), "campaign ends at %s, before it starts at %s", endedAt, startedAt);
        check(slots >= 1, "slots is %s, expected 1 or more", slots);
        for (TrialOutcome trial : trials) {
            String arm = trial.planned().arm();
            check(
                    experiment.arms().containsKey(arm),
                    "trial %s names the unknown arm '%s', expected one of %s",
                    trial.planned().label(),
                    arm,
                    experiment.arms().keySet());
        }
        trials = List.copyOf(trials);
        rerun = List.copyOf(rerun);
        classes = List.copyOf(classes);
    }

    /** The name of a class, or its number where names are not known. */
    public String className(int index) {
        return index < classes.size() ? classes.get(index) : "Class " + index;
    }

    public Duration wall() {
        return Duration.between(startedAt, endedAt);
    }

    /** The number of trials that were complete before the campaign started. */
    public long cached() {
        return trials.stream().filter(t -> t.planned().cached()).count();
    }
}
