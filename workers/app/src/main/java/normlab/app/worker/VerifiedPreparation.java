package normlab.app.worker;

import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;

/** Preparation of a dataset that verifies the hashes of prepared data before reusing it. */
record VerifiedPreparation(Task<PrepareDatasetInput, PrepareDatasetOutput> task, Repair repair)
        implements TaskDecorator<PrepareDatasetInput, PrepareDatasetOutput> {
    @Override
    public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        repair.checkDataset(input.dataset().name(), input.fingerprint());
        return task.run(input, context);
    }
}
