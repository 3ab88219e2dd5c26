package normlab.platform.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the embedded stack is made of.
 *
 * @param root the data root, usually {@code .normlab}
 * @param infra the folder {@code infra} of the project, with {@code target/servers} in it
 * @param preferredPorts taken if free; the next free ones otherwise
 * @param patience how long a server may take from its start to its first answer
 * @param pythons commands to try for the Python of MLflow; the first that is new enough is taken
 * @param setup what the workers are made of, for whoever wants to know later whether they are out of date
 */
public record StackSettings(
        Path root,
        Path infra,
        Ports preferredPorts,
        Duration patience,
        List<String> pythons,
        Map<String, String> setup) {
    public StackSettings {
        root = root.toAbsolutePath().normalize();
        infra = infra.toAbsolutePath().normalize();
        pythons = List.copyOf(pythons);
        setup = Map.copyOf(setup);
    }

    /** Conductor 18080, MLflow 15000, S3 19000, five minutes of patience, whatever {@code python3} is on the PATH. */
    public static StackSettings of(Path root, Path infra) {
        return new StackSettings(
                root,
                infra,
                Ports.PREFERRED,
                Duration.ofMinutes(5),
                List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14"),
                Map.of());
    }

    public StackSettings withSetup(Map<String, String> workers) {
        return new StackSettings(root, infra, preferredPorts, patience, pythons, workers);
    }

    public StackPaths paths() {
        return new StackPaths(root);
    }
}
