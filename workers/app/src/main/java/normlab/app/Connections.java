package normlab.app;

import java.net.URI;
import java.util.Optional;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.mlflow.MlflowTracker;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.platform.stack.Credentials;
import normlab.platform.stack.Endpoints;

/** The servers of a stack, connected. */
public record Connections(ConductorServer conductor, S3ArtifactStore store, MlflowTracker tracker)
        implements AutoCloseable {
    /** @param home whose credentials are read */
    public static Connections to(Endpoints endpoints, Home home) {
        S3ArtifactStore store = new S3ArtifactStore(settings(endpoints, home));
        return new Connections(
                new ConductorServer(URI.create(endpoints.conductorUrl())),
                store,
                new MlflowTracker(URI.create(endpoints.mlflowUrl()), store::upload));
    }

    static S3Settings settings(Endpoints endpoints, Home home) {
        Credentials credentials = Credentials.of(home.stack());
        return new S3Settings(
                URI.create(endpoints.s3Endpoint()),
                "us-east-1",
                endpoints.bucket(),
                credentials.accessKey(),
                credentials.secretKey(),
                Optional.empty());
    }

    @Override
    public void close() {
        tracker.close();
        store.close();
    }
}
