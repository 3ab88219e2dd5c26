package normlab.platform.conductor;

import java.util.List;
import java.util.Optional;
import normlab.task.TaskAttempt;
import normlab.task.Tasks.ReportOutput;

/**
 * All that Conductor knows about a campaign at one moment.
 *
 * @param steps planning, preparation of datasets and the report, in order, as far as they have been scheduled
 * @param trials in the order of the plan; none before the campaign is planned and its datasets are prepared,
 *     nor in an outline
 * @param report once it is written
 */
public record CampaignState(
        Campaign campaign, List<TaskAttempt> steps, List<TrialBranch> trials, Optional<ReportOutput> report) {
    public CampaignState {
        steps = List.copyOf(steps);
        trials = List.copyOf(trials);
    }
}
