package normlab.platform.stack;

import java.net.URI;

/** A Conductor server as the stack starts it, alone, with a database of its own: for measurements. */
public final class LoneConductor implements AutoCloseable {
    private final URI address;
    private final LoneServer server;

    private LoneConductor(URI address, LoneServer server) {
        this.address = address;
        this.server = server;
    }

    /**
     * @param like the stack whose installation is used
     * @throws StackException quoting its log, if it does not start
     */
    public static LoneConductor start(StackSettings like) throws InterruptedException {
        LoneServer.Started<EmbeddedConductor> started = LoneServer.start(like, EmbeddedConductor::new);
        return new LoneConductor(
                URI.create("http://127.0.0.1:" + started.server().port()), started.running());
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        server.close();
    }
}
