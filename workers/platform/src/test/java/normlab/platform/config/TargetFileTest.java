package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFileTest {
    private static final String WHOLE = """
            conductor: http://gateway:8080
            mlflow: http://gateway:5000
            store: {endpoint: "http://gateway:9000", region: us-east-1, bucket: normlab}
            credentials: secrets/normlab.json
            """;
    private static final String SECRETS = """
            {"store": {"name": "worker", "secret": "tell-nobody"}, "mlflow": {"name": "admin", "secret": "nor-this"}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void aSecretsFolder() throws IOException {
        Files.createDirectory(folder.resolve("secrets"));
    }

    @Test
    void namesTheServersAndFindsItsSecretsBesideIt() throws IOException {
        Files.writeString(folder.resolve("secrets/normlab.json"), SECRETS);
        TargetFile target = TargetFile.read(file(WHOLE));
        assertThat(target.conductor()).isEqualTo(URI.create("http://gateway:8080"));
        assertThat(target.store().bucket()).isEqualTo("normlab");
        assertThat(target.secrets().store().secret()).isEqualTo("tell-nobody");
        assertThat(target.secrets().toString()).doesNotContain("tell-nobody").doesNotContain("nor-this");
    }

    @Test
    void tellsAllProblemsAtOnce() throws IOException {
        Path file = file("conductr: http://gateway:8080\nmlflow: http://gateway:5000\ncredentials: secrets.json\n");
        assertThatThrownBy(() -> TargetFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("conductr")
                .hasMessageContaining("did you mean conductor?")
                .hasMessageContaining("store is missing");
    }

    @Test
    void saysWhichVariableNamesAFileThatIsNotThere() {
        assertThatThrownBy(() -> TargetFile.read(folder.resolve("cluster.yaml")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("NORMLAB_TARGET")
                .hasMessageContaining("cluster.yaml");
    }

    @Test
    void aSecretsFileThatIsNotThereIsAskedFor() throws IOException {
        TargetFile target = TargetFile.read(file(WHOLE));
        assertThatThrownBy(target::secrets)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("normlab.json")
                .hasMessageContaining("infra/cluster-secrets");
    }

    @Test
    void aBrokenSecretsFileIsNamedAndNotQuoted() throws IOException {
        Files.writeString(folder.resolve("secrets/normlab.json"), SECRETS.replace("\"mlflow\"", "\"mlfow\""));
        TargetFile target = TargetFile.read(file(WHOLE));
        assertThatThrownBy(target::secrets)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("normlab.json")
                .hasMessageContaining("mlfow")
                .message()
                .doesNotContain("tell-nobody")
                .doesNotContain("nor-this");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("cluster.yaml"), content);
    }
}
