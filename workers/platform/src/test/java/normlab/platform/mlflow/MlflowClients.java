package normlab.platform.mlflow;

import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;

/** What tests ask a server with. */
record MlflowClients(MlflowServer server, S3ArtifactStore store, MlflowTracker tracker, ServerView view)
        implements AutoCloseable {
    /** @param settings of the bucket for its artifacts, which is made where it is missing */
    static MlflowClients of(MlflowServer server, S3Settings settings) {
        S3ArtifactStore store = new S3ArtifactStore(settings);
        store.ensureBucket();
        return new MlflowClients(server, store, new MlflowTracker(server, store::upload), new ServerView(server));
    }

    @Override
    public void close() {
        view.close();
        tracker.close();
        store.close();
    }
}
