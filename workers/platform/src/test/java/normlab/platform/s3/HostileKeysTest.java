package normlab.platform.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.port.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileKeysTest {
    /** Nobody listens there: a request would fail in another way. */
    private static final S3Settings NOWHERE =
            new S3Settings(URI.create("http://127.0.0.1:1"), "us-east-1", "normlab", "key", "secret", Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"../x", "runs/../../x", "runs/..", "/etc/passwd", "runs//x", "./x", ""})
    void aKeyThatLeadsElsewhereIsRefusedWithoutARequest(String key) {
        try (S3ArtifactStore store = new S3ArtifactStore(NOWHERE)) {
            assertThatThrownBy(() -> store.get(key)).hasMessageContaining("is not a key");
            assertThatThrownBy(() -> store.put(key, new byte[0])).hasMessageContaining("is not a key");
            assertThatThrownBy(() -> store.upload("s3://normlab/" + key, new byte[0]))
                    .hasMessageContaining("is not a key");
        }
    }

    @Test
    void aKeyIsAtMostAsLongAsTheStoreTakes() {
        try (S3ArtifactStore store = new S3ArtifactStore(NOWHERE)) {
            assertThatThrownBy(() -> store.get("\u00e4".repeat(513))).hasMessageContaining("at most 1024 bytes");
        }
    }

    @Test
    void anUploadStaysInItsBucket() {
        try (S3ArtifactStore store = new S3ArtifactStore(NOWHERE)) {
            assertThatThrownBy(() -> store.upload("s3://normlab-other/x", new byte[0]))
                    .hasMessageContaining("lies outside this store");
        }
    }

    @Test
    void aKeyCannotLeaveTheFolderThatIsReadWithoutItsServer(@TempDir Path folder) throws Exception {
        Path inside = Files.createDirectory(folder.resolve("s3"));
        Files.writeString(folder.resolve("secret"), "x");
        assertThatThrownBy(() -> new StoreFolder(inside).get("runs/../../secret"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("leads out of the store's folder");
    }
}
