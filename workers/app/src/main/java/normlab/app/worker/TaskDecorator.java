package normlab.app.worker;

import normlab.app.tracking.LiveTracking;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;

/** A task that adds something to another one, and has its name and input. */
interface TaskDecorator<I extends Record, O extends Record> extends Task<I, O> {
    Task<I, O> task();

    @Override
    default String name() {
        return task().name();
    }

    @Override
    default Class<I> inputType() {
        return task().inputType();
    }

    /** Training whose first epoch is charged only with what it uses itself, not with the time the slot waited. */
    record MeteredTraining(Task<TrialInput, TrainOutput> task, LiveTracking live)
            implements TaskDecorator<TrialInput, TrainOutput> {
        @Override
        public TrainOutput run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
            live.begins();
            return task.run(input, context);
        }
    }

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

    /** Preparation of a dataset that verifies the hashes of prepared data before reusing it. */
    record VerifiedPreparation(Task<PrepareDatasetInput, PrepareDatasetOutput> task, Repair repair)
            implements TaskDecorator<PrepareDatasetInput, PrepareDatasetOutput> {
        @Override
        public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context)
                throws TaskFailure, TaskInProgress {
            repair.checkDataset(input.dataset().name(), input.fingerprint());
            return task.run(input, context);
        }
    }
}
