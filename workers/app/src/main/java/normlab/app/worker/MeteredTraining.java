package normlab.app.worker;

import normlab.app.tracking.LiveTracking;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;

/** Training whose first epoch is charged only with what it uses itself, not with the time the slot waited. */
record MeteredTraining(Task<TrialInput, TrainOutput> task, LiveTracking live)
        implements TaskDecorator<TrialInput, TrainOutput> {
    @Override
    public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        live.begins();
        return task.run(input, context);
    }
}
