package normlab.platform.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class LeftoversTest {
    @RegisterExtension
    static final S3ProxyExtension S3 = new S3ProxyExtension();

    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private final String bucket = "bucket-" + UUID.randomUUID();
    private final Path folder = S3.data().resolve(bucket);
    private final String key = "trials/a/model.safetensors";
    private final String leftover = key + "-" + UUID.randomUUID();

    @Test
    void aWriteThatHasNotEndedIsNoObjectAndIsSweptAway() throws IOException {
        try (S3ArtifactStore store = opened()) {
            store.put(key, BYTES);
            Files.write(folder.resolve(leftover), BYTES);
            assertThat(store.list("")).containsExactly(key);
            assertThat(new StoreFolder(folder).list("")).containsExactly(key);

            Leftovers.sweep(S3.data());

            assertThat(folder.resolve(leftover)).doesNotExist();
            assertThat(store.get(key)).hasValue(BYTES);
        }
    }

    /** A conditional write gives the finished file a second name, and takes the first from it. */
    @Test
    void aWriteThatOnlyKeptItsFirstNameIsSweptAway() throws IOException {
        try (S3ArtifactStore store = opened()) {
            store.putIfAbsent(key, BYTES);
            Files.createLink(folder.resolve(leftover), folder.resolve(key));

            Leftovers.sweep(S3.data());

            assertThat(folder.resolve(leftover)).doesNotExist();
            assertThat(store.get(key)).hasValue(BYTES);
        }
    }

    @Test
    void anObjectOfAnotherProgramKeepsItsNameWhateverItIs() throws IOException {
        opened().close();
        try (S3Client client = S3Clients.open(S3.settings(bucket))) {
            String artifact = "mlflow/1/artifacts/model-" + UUID.randomUUID();
            client.putObject(
                    r -> r.bucket(bucket).key(artifact).metadata(Map.of("owner", "somebody")),
                    RequestBody.fromBytes(BYTES));

            Leftovers.sweep(S3.data());

            assertThat(folder.resolve(artifact)).hasBinaryContent(BYTES);
        }
    }

    @Test
    void noObjectOfNormLabHasSuchAName() {
        try (S3ArtifactStore store = new S3ArtifactStore(S3.settings(bucket))) {
            assertThatThrownBy(() -> store.put(leftover, BYTES)).hasMessageContaining("a UUID at its end");
        }
    }

    @Test
    void noOtherFileIsTouched() throws IOException {
        for (String name : new String[] {"model.safetensors", "m-0123456789abcdef", "x-" + new UUID(0, 0)}) {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), BYTES);
        }

        Leftovers.sweep(S3.data());

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void aFolderThatIsNotThereYetHasNone() {
        Leftovers.sweep(folder.resolve("absent"));
        assertThat(folder).doesNotExist();
    }

    private S3ArtifactStore opened() {
        S3ArtifactStore store = new S3ArtifactStore(S3.settings(bucket));
        store.ensureBucket();
        return store;
    }
}
