package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import normlab.port.TrackedRun;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsTest {
    @RegisterExtension
    static final MlflowExtension MLFLOW = new MlflowExtension();

    @Test
    void theServersReadTheStoreByAKeyThatNoListingOfProcessesShows() throws IOException {
        TrackedRun campaign = TrackedRuns.campaign("secrets", "secrets-1");
        TrackedRun trial = TrackedRuns.trial(campaign, 1);
        try (MlflowClients mlflow = MlflowClients.of(MLFLOW.server(), MLFLOW.settings())) {
            mlflow.tracker().project(List.of(campaign, trial));
            assertThat(mlflow.view().artifacts(mlflow.view().run("secrets", trial.name())))
                    .as("what the server itself reads from the store")
                    .isNotEmpty();
        }
        assertThat(showing(MLFLOW.settings().secretAccessKey())).isEmpty();
    }

    /** Command lines and environments of the servers, as {@code ps} shows them. */
    private static List<String> showing(String secret) throws IOException {
        List<ProcessHandle> servers = ProcessHandle.current().descendants().toList();
        assertThat(servers).as("MLflow, its worker, S3").hasSizeGreaterThan(2);
        List<String> found = new ArrayList<>();
        for (ProcessHandle server : servers) {
            for (String part : List.of("cmdline", "environ")) {
                Path shown = Path.of("/proc", Long.toString(server.pid()), part);
                if (read(shown).contains(secret)) {
                    found.add(part + " of " + server.info().command().orElse("?"));
                }
            }
        }
        return found;
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
