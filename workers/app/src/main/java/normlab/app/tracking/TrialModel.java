package normlab.app.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.ModelFiles;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.TrackedModel;
import normlab.port.TrackedModel.Registration;
import normlab.port.TrackedRun.Identity;
import normlab.trial.Outcome;
import normlab.trial.PreparedDataset;
import normlab.trial.TrainingRecord;

/**
 * The trained network of a trial. Of each cell the one of the first seed is registered: a choice that no result has a
 * say in.
 */
final class TrialModel {
    private TrialModel() {}

    /**
     * None before the trial is complete, and none where it diverged. A cached trial's was made where it was trained; it is
     * shown here only where this experiment registers it.
     */
    static List<TrackedModel> of(ArtifactStore store, CampaignContents contents, Trial trial) {
        return trial.result()
                .filter(r -> r.training().outcome() == Outcome.COMPLETED)
                .filter(r -> PreparedDataset.of(store, trial.identity()).isPresent())
                .filter(r -> !trial.planned().cached()
                        || registration(contents.experiment(), trial).isPresent())
                .map(r -> List.of(of(store, contents, trial, r.training())))
                .orElse(List.of());
    }

    private static TrackedModel of(
            ArtifactStore store, CampaignContents contents, Trial trial, TrainingRecord training) {
        Map<String, String> params = new TreeMap<>(Json.flat(trial.identity().spec()));
        params.put("arm", trial.planned().arm());
        return new TrackedModel(
                new Identity("normlab.model", training.modelSha256()),
                trial.planned().label(),
                "djl_pytorch",
                params,
                TrialMetrics.OF_THE_MODEL,
                new ModelFiles(store, contents, trial).model(),
                registration(contents.experiment(), trial));
    }

    private static Optional<Registration> registration(Experiment experiment, Trial trial) {
        Arm arm = experiment.arms().get(trial.planned().arm());
        long seed = trial.identity().spec().seed();
        if (arm == null || arm.seeds().stream().anyMatch(s -> s < seed)) {
            return Optional.empty();
        }
        String cell = trial.planned().cell();
        return Optional.of(new Registration(
                experiment.name() + "." + cell.replaceAll("[^\\w.\\-]", "_"),
                "%s of the experiment %s: the model of the first seed (%d), whatever it scored, after the last epoch.%s"
                        .formatted(cell, experiment.name(), seed, note(trial)),
                "headline"));
    }

    private static String note(Trial trial) {
        return trial.identity().spec().normalization().reconstructed() ? " " + Arm.DISCLAIMER : "";
    }
}
