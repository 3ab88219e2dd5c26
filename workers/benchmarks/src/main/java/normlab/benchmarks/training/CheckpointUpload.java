package normlab.benchmarks.training;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.EmbeddedS3;
import normlab.platform.server.Endpoints;
import normlab.platform.server.StandaloneServer;
import normlab.trial.Checkpoint;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** What it takes to write checkpoints into a store like the embedded stack's, hashed and verified as a training does. */
final class CheckpointUpload {
    private static final int WARM_UP = 3;
    private static final int MEASURED = 10;

    private CheckpointUpload() {}

    /** @return milliseconds of one, on average */
    static double millis(Home home, long bytes) throws InterruptedException {
        Checkpoint.Cursor cursor = new Checkpoint.Cursor("0".repeat(64), 1, 1, 1, 0, List.of(), List.of());
        Checkpoint checkpoint = new Checkpoint(cursor, ByteBuffer.allocateDirect(Math.toIntExact(bytes)));
        try (StandaloneServer<EmbeddedS3> server =
                        StandaloneServer.store(home.stackSettings().servers());
                S3ArtifactStore store = new S3ArtifactStore(new S3Settings(
                        URI.create(server.server().endpoints().s3Endpoint()),
                        "us-east-1",
                        Endpoints.BUCKET,
                        server.server().credentials().accessKey(),
                        server.server().credentials().secretKey(),
                        Optional.empty()))) {
            store.ensureBucket();
            TrialArchive archive = new TrialArchive(store, TrialId.shared("bench"));
            write(archive, checkpoint, 0, WARM_UP);
            long started = System.nanoTime();
            write(archive, checkpoint, WARM_UP, WARM_UP + MEASURED);
            return (System.nanoTime() - started) / 1e6 / MEASURED;
        }
    }

    private static void write(TrialArchive archive, Checkpoint checkpoint, int from, int to) {
        for (int step = from; step < to; step++) {
            archive.writeCheckpoint(step, checkpoint);
        }
    }
}
