package normlab.app.worker;

import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.TrialIdentity;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialArchive;

/** A task of a trial that repairs damaged or lost parts of the trial, or of its dataset, and goes on. */
record RepairingTrial<O extends Record>(
        Task<TrialInput, O> task,
        Task<PrepareDatasetInput, PrepareDatasetOutput> preparation,
        ArtifactStore store,
        Repair repair,
        LostSpecs specs)
        implements TaskDecorator<TrialInput, O> {
    /** A dataset and a trial have a dozen objects; a store that damages more is beyond repair. */
    private static final int ROUNDS = 12;

    @Override
    public O run(TrialInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        String damage = "";
        for (int round = 1; ; round++) {
            try {
                return task.run(input, context);
            } catch (StoreException e) {
                boolean again = damage.equals(e.getMessage());
                if (e.retryable() || round == ROUNDS || !mend(e, input, context) && again) {
                    throw e;
                }
                damage = String.valueOf(e.getMessage());
                context.log("looked after: " + damage);
            } catch (TaskFailure e) {
                throw damage.isEmpty() ? e : beyond(input, damage, e);
            }
        }
    }

    /**
     * Also where an object is absent: another process may have set it aside a moment ago, and have made it again when this
     * one comes. So only what fails twice in the same way is beyond repair.
     */
    private boolean mend(StoreException failure, TrialInput input, TaskContext context)
            throws TaskFailure, TaskInProgress {
        boolean room = failure.damagedKey().filter(repair::makeRoom).isPresent();
        boolean spec = specs.restore(input);
        TrialIdentity trial = new TrialArchive(store, input.trial()).identity();
        PrepareDatasetOutput dataset =
                preparation.run(new PrepareDatasetInput(trial.spec().dataset(), trial.datasetFingerprint()), context);
        return room || spec || !dataset.reused();
    }

    private static TaskFailure beyond(TrialInput input, String damage, TaskFailure failure) {
        return TaskFailure.permanent(
                "%s; it is set aside, and `./normlab resume %s` trains the trial again"
                        .formatted(damage, input.campaign()),
                failure);
    }
}
