package normlab.app.tracking;

import java.time.Instant;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.campaign.Abort;
import normlab.campaign.CampaignStatus;
import normlab.port.TrackedRun.Status;
import normlab.trial.TrialResult;

/**
 * How a trial or a campaign stands, as the store tells it.
 *
 * @param reason why there is no result
 */
record RunProgress(Status status, Optional<Instant> endedAt, Optional<String> reason) {
    private static final RunProgress RUNNING = new RunProgress(Status.RUNNING, Optional.empty(), Optional.empty());

    static RunProgress of(CampaignContents contents, Trial trial) {
        Optional<TrialResult> result = trial.result();
        if (result.isPresent()) {
            return new RunProgress(Status.FINISHED, Optional.of(result.get().evaluatedAt()), Optional.empty());
        }
        if (contents.abort().isPresent()) {
            return of(contents.abort().get());
        }
        // A trial that has trained since the report was written has been resumed.
        return contents.ending()
                .filter(e -> trial.journal().isEmpty()
                        || !trial.journal().getLast().at().isAfter(e.endedAt()))
                .flatMap(e -> e.failure(trial.planned())
                        .map(reason -> new RunProgress(Status.FAILED, Optional.of(e.endedAt()), Optional.of(reason))))
                .orElse(RUNNING);
    }

    /** @param reported whether the report of the ending is written */
    static RunProgress of(CampaignContents contents, boolean reported) {
        if (contents.abort().isPresent()) {
            return of(contents.abort().get());
        }
        if (!reported || contents.ending().isEmpty()) {
            return RUNNING;
        }
        boolean whole = contents.trials().stream().allMatch(t -> t.result().isPresent());
        return new RunProgress(
                whole ? Status.FINISHED : Status.FAILED,
                Optional.of(contents.ending().get().endedAt()),
                Optional.empty());
    }

    private static RunProgress of(Abort abort) {
        Status status = abort.kind() == CampaignStatus.CANCELLED ? Status.KILLED : Status.FAILED;
        return new RunProgress(status, Optional.of(abort.at()), Optional.of(abort.reason()));
    }
}
