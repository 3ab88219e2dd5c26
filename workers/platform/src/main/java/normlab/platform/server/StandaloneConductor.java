package normlab.platform.server;

import java.net.URI;
import normlab.platform.process.ProcessException;

/** A Conductor server like that of the stack, with a database of its own: for benchmarks. */
public final class StandaloneConductor implements AutoCloseable {
    private final StandaloneServer<EmbeddedConductor> running;

    private StandaloneConductor(StandaloneServer<EmbeddedConductor> running) {
        this.running = running;
    }

    /**
     * @param installation whose installed programs are used
     * @throws ProcessException with the end of its log, if it does not start
     */
    public static StandaloneConductor start(ServerSettings installation) throws InterruptedException {
        return new StandaloneConductor(StandaloneServer.start(installation, EmbeddedConductor::new));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + running.server().port());
    }

    @Override
    public void close() {
        running.close();
    }
}
