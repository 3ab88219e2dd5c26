package normlab.platform.stack;

/** An S3 store as the stack starts it, alone and empty: for measurements. */
public final class LoneStore implements AutoCloseable {
    private final LoneServer.Started<EmbeddedS3> started;

    private LoneStore(LoneServer.Started<EmbeddedS3> started) {
        this.started = started;
    }

    /**
     * @param like the stack whose installation is used
     * @throws StackException quoting its log, if it does not start
     */
    public static LoneStore start(StackSettings like) throws InterruptedException {
        return new LoneStore(LoneServer.start(
                like,
                (settings, port) -> new EmbeddedS3(
                        settings,
                        Endpoints.on(new Ports(Ports.PREFERRED.conductor(), Ports.PREFERRED.mlflow(), port)),
                        Credentials.of(settings.paths()))));
    }

    public String endpoint() {
        return started.server().endpoints().s3Endpoint();
    }

    public Credentials credentials() {
        return started.server().credentials();
    }

    @Override
    public void close() {
        started.running().close();
    }
}
