package normlab.platform.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.ProcessSpec;
import normlab.platform.server.EmbeddedServer;

/** A process in the place of a server: it writes its name into a file when it is asked to end. */
record TinyServer(String name, Path ends) implements EmbeddedServer {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** Notes that the trap stands before it counts as started. */
    static String script(String name, Path ends) {
        return "trap 'echo %1$s >> \"%2$s\"; exit 0' TERM; : > \"%2$s.%1$s\"; sleep 1000 & wait".formatted(name, ends);
    }

    static ProcessSpec worker(String name, Path ends) {
        return ProcessSpec.worker(name, List.of("sh", "-c", script(name, ends)), Map.of(), GRACE);
    }

    @Override
    public ProcessSpec prepare(Consumer<String> progress) {
        return ProcessSpec.server(name, List.of("sh", "-c", script(name, ends)), Map.of(), GRACE);
    }

    @Override
    public HealthCheck health() {
        return () -> Path.of(ends + "." + name).toFile().exists();
    }
}
