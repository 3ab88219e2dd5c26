package normlab.app.worker;

import normlab.app.campaign.Repair;
import normlab.dataset.PrepareDataset;
import normlab.task.HandBack;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.trial.StoreLayout;

/** Preparation of a dataset that does not take it for prepared before its bytes were held against their hashes. */
record CheckedPreparation(PrepareDataset preparation, Repair repair)
        implements Task<PrepareDatasetInput, PrepareDatasetOutput> {
    @Override
    public String name() {
        return preparation.name();
    }

    @Override
    public Class<PrepareDatasetInput> inputType() {
        return preparation.inputType();
    }

    @Override
    public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) throws TaskFailure, HandBack {
        repair.check(StoreLayout.dataset(input.dataset().name(), input.fingerprint()));
        return preparation.run(input, context);
    }
}
