package normlab.platform.server;

import java.util.function.Consumer;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.ProcessSpec;

/** A server of the stack: how it is installed, started and checked. */
public interface EmbeddedServer {
    String name();

    /**
     * Does what must be done before a start: takes seconds the first time, and no time later.
     *
     * @param progress hears of steps that take long
     */
    ProcessSpec prepare(Consumer<String> progress) throws InterruptedException;

    HealthCheck health();
}
