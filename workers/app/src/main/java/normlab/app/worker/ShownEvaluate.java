package normlab.app.worker;

import normlab.app.campaign.LiveTracking;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrialInput;

/** Evaluation, after which the tracking server is told that the trial is complete. */
record ShownEvaluate(Task<TrialInput, EvaluateOutput> task, LiveTracking live)
        implements Around<TrialInput, EvaluateOutput> {
    @Override
    public EvaluateOutput run(TrialInput input, TaskContext context) throws TaskFailure, HandBack {
        EvaluateOutput output = task.run(input, context);
        live.changed(input);
        return output;
    }
}
