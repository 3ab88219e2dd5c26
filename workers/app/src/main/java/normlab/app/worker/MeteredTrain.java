package normlab.app.worker;

import normlab.app.campaign.LiveTracking;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;

/** Training, before which the slot's wait for it is forgotten: it is no part of what the first epoch uses. */
record MeteredTrain(Task<TrialInput, TrainOutput> task, LiveTracking live) implements Around<TrialInput, TrainOutput> {
    @Override
    public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, HandBack {
        live.begins();
        return task.run(input, context);
    }
}
