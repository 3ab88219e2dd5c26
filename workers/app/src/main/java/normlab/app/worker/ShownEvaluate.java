package normlab.app.worker;

import normlab.app.campaign.LiveTracking;
import normlab.learning.evaluate.Evaluate;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrialInput;

/** Evaluation, after which the tracking server is told that the trial is complete. */
record ShownEvaluate(Evaluate evaluate, LiveTracking live) implements Task<TrialInput, EvaluateOutput> {
    @Override
    public String name() {
        return evaluate.name();
    }

    @Override
    public Class<TrialInput> inputType() {
        return evaluate.inputType();
    }

    @Override
    public EvaluateOutput run(TrialInput input, TaskContext context) throws TaskFailure, HandBack {
        EvaluateOutput output = evaluate.run(input, context);
        live.changed(input);
        return output;
    }
}
