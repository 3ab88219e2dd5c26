package normlab.platform.conductor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that takes a training and never ends it, for a test to kill. */
final class DoomedWorker {
    private DoomedWorker() {}

    /** @param args address of the server, journal file */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        TaskBinding train = Benchmarks.train((input, context) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        WorkerHost.start(
                new ConductorServer(URI.create(args[0])),
                "doomed",
                List.of(train),
                Duration.ofMillis(20),
                Optional.of(Path.of(args[1])));
        never.await();
    }
}
