package normlab.app.worker;

import java.util.Optional;
import normlab.app.forecast.Requirements;
import normlab.dataset.DatasetCatalog;
import normlab.platform.conductor.TrialRouting;
import normlab.port.ArtifactStore;
import normlab.provenance.TrialIdentity;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialArchive;

/** In a cluster a trial goes to a worker with the device that it was planned for, and with memory enough. */
record ClusterRouting(ArtifactStore store, DatasetCatalog datasets) implements TrialRouting {
    @Override
    public Optional<String> domain(TrialInput trial) {
        TrialIdentity identity = new TrialArchive(store, trial.trial()).identity();
        long needed = Requirements.ofTrial(
                identity.spec(), datasets.load(identity.spec().dataset().name()));
        return Optional.of(Domains.of(identity.stack().deviceClass(), needed));
    }
}
