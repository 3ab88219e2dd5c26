package normlab.platform.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the embedded servers are installed and started with.
 *
 * @param data where they keep their data
 * @param infra the folder {@code infra} of the checkout, with {@code target/servers} in it
 * @param startTimeout how long a server may take from its start to its first answer
 * @param pythons commands to try for the Python of MLflow; the first that is new enough is taken
 */
public record ServerSettings(DataFolder data, Path infra, Duration startTimeout, List<String> pythons) {
    public ServerSettings {
        infra = infra.toAbsolutePath().normalize();
        pythons = List.copyOf(pythons);
    }

    /** Five minutes for a start; whatever {@code python3} is on the PATH, else another that is new enough. */
    public static ServerSettings of(DataFolder data, Path infra) {
        return new ServerSettings(
                data,
                infra,
                Duration.ofMinutes(5),
                List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14"));
    }
}
