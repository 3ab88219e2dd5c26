package normlab.app.worker;

import normlab.app.campaign.Repair;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.trial.StoreLayout;

/** Preparation of a dataset that does not take it for prepared before its bytes were held against their hashes. */
record CheckedPreparation(Task<PrepareDatasetInput, PrepareDatasetOutput> task, Repair repair)
        implements Around<PrepareDatasetInput, PrepareDatasetOutput> {
    @Override
    public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) throws TaskFailure, HandBack {
        repair.check(StoreLayout.dataset(input.dataset().name(), input.fingerprint()));
        return task.run(input, context);
    }
}
