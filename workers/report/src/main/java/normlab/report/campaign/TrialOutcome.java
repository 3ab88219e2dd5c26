package normlab.report.campaign;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.campaign.CampaignPlan;
import normlab.experiment.TrialSpec;
import normlab.task.TaskAttempt;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.ProbeRow;
import normlab.trial.TrialResult;

/**
 * How one planned trial ended.
 *
 * @param result absent if the trial failed, which says nothing about the method; a divergence has a result
 * @param journal one row per epoch, in any order
 * @param probes rows in the order of their steps; empty if the experiment has no probes
 * @param failure why there is no result
 * @param attempts attempts of its tasks in this campaign, in the order in which they were queued; empty if the trial
 *     was cached or the campaign predates the recording of attempts
 */
public record TrialOutcome(
        CampaignPlan.PlannedTrial planned,
        TrialSpec spec,
        Optional<TrialResult> result,
        List<JournalRow> journal,
        List<ProbeRow> probes,
        Optional<String> failure,
        List<TaskAttempt> attempts) {
    /** Without attempts. */
    public TrialOutcome(
            CampaignPlan.PlannedTrial planned,
            TrialSpec spec,
            Optional<TrialResult> result,
            List<JournalRow> journal,
            List<ProbeRow> probes,
            Optional<String> failure) {
        this(planned, spec, result, journal, probes, failure, List.of());
    }

    /** Without probes and attempts. */
    public TrialOutcome(
            CampaignPlan.PlannedTrial planned,
            TrialSpec spec,
            Optional<TrialResult> result,
            List<JournalRow> journal,
            Optional<String> failure) {
        this(planned, spec, result, journal, List.of(), failure);
    }

    public TrialOutcome {
        journal = journal.stream()
                .sorted(Comparator.comparingInt(JournalRow::epoch))
                .toList();
        probes = List.copyOf(probes);
        attempts = List.copyOf(attempts);
    }

    public TrialOutcome with(List<TaskAttempt> attempts) {
        return new TrialOutcome(planned, spec, result, journal, probes, failure, attempts);
    }

    /** Id of the workflow that trained and evaluated the trial; absent without attempts. */
    public Optional<String> workflow() {
        return attempts.isEmpty() ? Optional.empty() : attempts.getLast().workflow();
    }

    public boolean diverged() {
        return result.isPresent() && result.get().training().outcome() == Outcome.DIVERGED;
    }

    public boolean failed() {
        return result.isEmpty();
    }
}
