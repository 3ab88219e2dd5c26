package normlab.app.worker;

import java.time.Clock;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrainedBy;
import normlab.trial.TrialArchive;

/** Training that first writes down which campaign trains the trial, and with which version of the code. */
record RecordedTraining(Task<TrialInput, TrainOutput> task, ArtifactStore store, Clock clock)
        implements TaskDecorator<TrialInput, TrainOutput> {
    @Override
    public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        TrialArchive archive = new TrialArchive(store, input.trial());
        if (!archive.isTrained()) {
            new CampaignArchive(store, input.campaign())
                    .record()
                    .ifPresent(campaign -> archive.addTrainedBy(
                            new TrainedBy(clock.instant(), campaign.id(), campaign.code(), campaign.registration())));
        }
        return task.run(input, context);
    }
}
