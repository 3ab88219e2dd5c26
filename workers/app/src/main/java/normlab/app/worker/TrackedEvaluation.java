package normlab.app.worker;

import normlab.app.tracking.LiveTracking;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrialInput;

/** Evaluation that tells the tracking server when the trial is complete. */
record TrackedEvaluation(Task<TrialInput, EvaluateOutput> task, LiveTracking live)
        implements TaskDecorator<TrialInput, EvaluateOutput> {
    @Override
    public EvaluateOutput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        EvaluateOutput output = task.run(input, context);
        live.changed(input);
        return output;
    }
}
