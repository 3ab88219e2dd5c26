package normlab.platform.server;

import normlab.platform.process.ProcessException;

/** An empty S3 store like that of the stack: for benchmarks. */
public final class StandaloneStore implements AutoCloseable {
    private final StandaloneServer<EmbeddedS3> running;

    private StandaloneStore(StandaloneServer<EmbeddedS3> running) {
        this.running = running;
    }

    /**
     * @param installation whose installed programs are used
     * @throws ProcessException with the end of its log, if it does not start
     */
    public static StandaloneStore start(ServerSettings installation) throws InterruptedException {
        return new StandaloneStore(StandaloneServer.start(
                installation,
                (settings, port) -> new EmbeddedS3(
                        settings,
                        Endpoints.on(new Ports(Ports.PREFERRED.conductor(), Ports.PREFERRED.mlflow(), port)),
                        Credentials.of(settings.data()))));
    }

    public String endpoint() {
        return running.server().endpoints().s3Endpoint();
    }

    public Credentials credentials() {
        return running.server().credentials();
    }

    @Override
    public void close() {
        running.close();
    }
}
