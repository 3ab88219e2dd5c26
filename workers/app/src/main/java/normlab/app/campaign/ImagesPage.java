package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.port.ArtifactStore;
import normlab.provenance.TrialIdentity;
import normlab.trial.StoreLayout;
import normlab.trial.TrialArchive;

/**
 * A page with some images of each class, for a person to check the data of a campaign. It is written beside a report on this
 * machine only, and not into the store's report, MLflow or a bundle: many datasets may not be passed on.
 */
public final class ImagesPage {
    /** Its name beside the report. */
    public static final String FILE = "images.html";

    private ImagesPage() {}

    /** Empty if the campaign's dataset is not prepared in the store, or was prepared without a sheet. */
    public static Optional<byte[]> of(ArtifactStore store, String campaign) {
        return new CampaignArchive(store, campaign)
                .plan()
                .map(CampaignPlan::trials)
                .filter(trials -> !trials.isEmpty())
                .map(trials -> new TrialArchive(store, trials.getFirst().id()))
                .filter(TrialArchive::hasIdentity)
                .flatMap(trial -> page(store, trial.identity()));
    }

    private static Optional<byte[]> page(ArtifactStore store, TrialIdentity trial) {
        String name = trial.spec().dataset().name();
        return store.get(StoreLayout.sheet(name, trial.datasetFingerprint())).map(png ->
                """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>Images of %1$s</title>
                <h1>Images of %1$s</h1>
                <p>The first training images of each class. They may not be yours to pass on: see the dataset's licence.</p>
                <img alt="some images of each class" src="data:image/png;base64,%2$s">
                <p><a href="report.html">The report</a></p>
                </html>
                """.formatted(name, Base64.getEncoder().encodeToString(png)).getBytes(StandardCharsets.UTF_8));
    }
}
