package normlab.app.worker;

import java.util.function.Supplier;
import normlab.campaign.CampaignArchive;
import normlab.dataset.DatasetCatalog;
import normlab.experiment.Experiment;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskFailure;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialArchive;

/**
 * Makes the specification of a planned trial again: the campaign's experiment has it, and the trial's key, a hash of all
 * of it, says which one it is.
 *
 * @param stack that trials are planned for
 */
public record LostSpecs(ArtifactStore store, DatasetCatalog datasets, Supplier<TrainingStack> stack) {
    /**
     * @return whether it was lost
     * @throws TaskFailure permanently, if this version makes no trial of that key from the experiment
     */
    public boolean restore(TrialInput input) throws TaskFailure {
        TrialArchive archive = new TrialArchive(store, input.trial());
        if (archive.hasIdentity()) {
            return false;
        }
        archive.writeIdentity(identity(input));
        return true;
    }

    private TrialIdentity identity(TrialInput input) throws TaskFailure {
        Experiment experiment = new CampaignArchive(store, input.campaign()).experiment();
        String fingerprint = datasets.fingerprint(experiment.dataset());
        TrainingStack planFor = stack.get();
        return experiment.trials().stream()
                .map(trial -> new TrialIdentity(trial.spec(), fingerprint, planFor))
                .filter(identity -> identity.key().equals(input.trial().key()))
                .findFirst()
                .orElseThrow(() -> TaskFailure.permanent(
                        "[%s] has lost its spec.json, and this version makes another trial of the campaign's experiment: go on with the version that planned it, or start the campaign again"
                                .formatted(input.trial())));
    }
}
