package normlab.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.campaign.CampaignArchive;
import normlab.json.InvalidInputException;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.StoreFolder;
import normlab.platform.server.Endpoints;
import normlab.port.ArtifactStore;

/**
 * What has been stored so far, to look at: a cluster's store, or the folder of the embedded one, whether its server runs
 * or not.
 */
public record StoredResults(Optional<ArtifactStore> store, String place, Runnable closing) implements AutoCloseable {
    public static StoredResults of(Home home) {
        Optional<Target> cluster = Target.cluster();
        if (cluster.isPresent()) {
            S3ArtifactStore store = new S3ArtifactStore(cluster.get().store());
            return new StoredResults(
                    Optional.of(store), "the store at " + cluster.get().store().endpoint(), store::close);
        }
        Path folder = home.stack().data("s3").resolve(Endpoints.BUCKET);
        return Files.isDirectory(folder)
                ? new StoredResults(Optional.of(new StoreFolder(folder)), "the store in " + folder, () -> {})
                : new StoredResults(Optional.empty(), "nothing is stored yet", () -> {});
    }

    /** @throws InvalidInputException if there is nothing */
    public ArtifactStore required() {
        return store.orElseThrow(() -> new InvalidInputException(
                "store", "nothing is stored yet, expected a campaign; start one: ./normlab run smoke"));
    }

    /** @throws InvalidInputException with the nearest known campaign, if the store does not have this one */
    public CampaignArchive campaign(String run) {
        return Campaigns.require(required(), run);
    }

    /**
     * For commands that would start the servers first.
     *
     * @throws InvalidInputException as {@link #campaign} does
     */
    public static void requireCampaign(Home home, String run) {
        try (StoredResults stored = of(home)) {
            stored.campaign(run);
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
