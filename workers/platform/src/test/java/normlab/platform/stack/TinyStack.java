package normlab.platform.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import normlab.platform.server.DataFolder;
import normlab.platform.server.Ports;
import normlab.platform.server.ServerSettings;
import org.jspecify.annotations.Nullable;

/** A supervisor over tiny processes, in this JVM or as a program of its own: {@code <root>}. */
final class TinyStack {
    private TinyStack() {}

    static StackSettings settings(Path root) {
        return new StackSettings(
                new ServerSettings(new DataFolder(root), root, Duration.ofSeconds(50), List.of()),
                new Ports(27_000, 27_300, 27_600),
                Map.of());
    }

    static Path ends(Path root) {
        return root.resolve("ends");
    }

    static Supervisor supervisor(Path root, Consumer<StackState> onServersHealthy) {
        Path ends = ends(root);
        return new Supervisor(
                settings(root),
                endpoints -> List.of(
                        new TinyServer("conductor", ends), new TinyServer("mlflow", ends), new TinyServer("s3", ends)),
                onServersHealthy,
                state -> List.of(TinyServer.worker("worker-0", ends), TinyServer.worker("worker-1", ends)));
    }

    static List<String> command(Path root) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TinyStack.class.getName(),
                root.toString());
    }

    public static void main(@Nullable String[] args) throws InterruptedException {
        supervisor(Path.of(java.util.Objects.requireNonNull(args[0])), state -> {})
                .run();
    }
}
