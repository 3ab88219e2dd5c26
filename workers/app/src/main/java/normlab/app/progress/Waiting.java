package normlab.app.progress;

import java.util.List;
import java.util.Optional;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.TrialBranch;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;

/**
 * What a campaign waits for while none of its trials is in training, with the command that helps. Short enough for the
 * bottom of a terminal with 80 columns.
 */
final class Waiting {
    static final String FOR_A_SERVER = "no answer from a server; which one: ./normlab doctor";

    private Waiting() {}

    /** @return empty in the moment between two steps */
    static Optional<String> of(String campaign, CampaignState state) {
        if (state.campaign().status() == CampaignStatus.PAUSED) {
            return Optional.of("paused in Conductor; continue: ./normlab resume " + campaign);
        }
        return state.steps().stream()
                .filter(step -> !step.status().ended())
                .findFirst()
                .map(Waiting::step)
                .or(() -> trials(campaign, state.trials()));
    }

    private static String step(TaskAttempt step) {
        if (step.status() == TaskStatus.RUNNING) {
            return step.name() + " is in progress; details: ./normlab logs -f";
        }
        // One that a worker has had before is put back on purpose, such as the report while MLflow is away.
        return step.startedAt().isPresent()
                ? step.name() + " will be tried again; why: ./normlab logs -f"
                : step.name() + " waits for a worker; is one up: ./normlab doctor";
    }

    private static Optional<String> trials(String campaign, List<TrialBranch> trials) {
        List<TrialBranch> open = trials.stream()
                .filter(trial -> trial.status() == TaskStatus.SCHEDULED)
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (open.stream().allMatch(TrialBranch::paused)) {
            return Optional.of("%d of its trials are paused in Conductor; continue: ./normlab resume %s"
                    .formatted(open.size(), campaign));
        }
        return Optional.of("%d of its trials wait for a slot; which run: ./normlab status, ./normlab doctor"
                .formatted(open.size()));
    }
}
