package normlab.platform.stack;

import java.util.function.Consumer;

/** A server of the stack: how it is made ready to run, started, and known to answer. */
interface EmbeddedServer {
    String name();

    /**
     * Does whatever must be done before a start: seconds at the first time, nothing later.
     *
     * @param progress hears what takes long
     */
    ProcessSpec prepare(Consumer<String> progress) throws InterruptedException;

    HealthCheck health();
}
