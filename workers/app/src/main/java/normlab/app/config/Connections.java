package normlab.app.config;

import normlab.platform.conductor.ConductorServer;
import normlab.platform.mlflow.MlflowTracker;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.server.Endpoints;

/** The servers of a stack, connected. */
public record Connections(ConductorServer conductor, S3ArtifactStore store, MlflowTracker tracker)
        implements AutoCloseable {
    public static Connections to(Target target) {
        S3ArtifactStore store = new S3ArtifactStore(target.store());
        return new Connections(
                new ConductorServer(target.conductor()), store, new MlflowTracker(target.mlflow(), store::upload));
    }

    /** @param home whose credentials are read */
    public static Connections to(Endpoints endpoints, Home home) {
        return to(Target.embedded(endpoints, home));
    }

    @Override
    public void close() {
        tracker.close();
        store.close();
    }
}
