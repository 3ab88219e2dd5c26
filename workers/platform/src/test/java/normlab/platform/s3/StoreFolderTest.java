package normlab.platform.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import normlab.port.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreFolderTest {
    @RegisterExtension
    static final S3ProxyExtension S3 = new S3ProxyExtension();

    private static final byte[] BYTES = "{\"trainLoss\":1}".getBytes(UTF_8);

    private final String bucket = "bucket-" + UUID.randomUUID();
    private final Path folder = S3.data().resolve(bucket);
    private final StoreFolder stored = new StoreFolder(folder);

    @Test
    void whatTheServerStoredIsReadAndListed() {
        try (S3ArtifactStore store = opened()) {
            store.put("trials/a/journal.jsonl", BYTES);
            store.putIfAbsent("trials/a/result.json", BYTES);
        }
        assertThat(stored.get("trials/a/journal.jsonl")).hasValue(BYTES);
        assertThat(stored.get("trials/a/result.json")).hasValue(BYTES);
        assertThat(stored.get("trials/a/none")).isEmpty();
        assertThat(stored.list("trials/")).containsExactly("trials/a/journal.jsonl", "trials/a/result.json");
        assertThat(stored.list("trials/a/j")).containsExactly("trials/a/journal.jsonl");
        assertThat(stored.list("nothing/")).isEmpty();
    }

    @Test
    void theChildrenOfAFolderAreThoseThatTheServerLists() throws IOException {
        try (S3ArtifactStore store = opened()) {
            for (String key :
                    List.of("runs/b/plan.json", "runs/a/report/deep.svg", "runs/a-1", "trials/x/y", "gone/x")) {
                store.put(key, BYTES);
            }
            store.delete("gone/x");
            for (String parent : List.of("runs/", "runs/a/", "runs/a-1/", "gone/", "nothing/")) {
                assertThat(stored.children(parent)).as(parent).isEqualTo(store.children(parent));
            }
        }
        Files.createDirectories(folder.resolve("runs/empty/deeper"));
        assertThat(stored.children("runs/")).containsExactly("a", "a-1", "b");
    }

    @Test
    void aFlippedByteIsFoundWithoutTheServer() throws IOException {
        assumeTrue(Files.getFileStore(S3.data()).supportsFileAttributeView(UserDefinedFileAttributeView.class));
        try (S3ArtifactStore store = opened()) {
            store.put("trials/a/journal.jsonl", BYTES);
        }
        byte[] flipped = BYTES.clone();
        flipped[12] ^= 1;
        // In place, since another file would have other attributes.
        Files.write(folder.resolve("trials/a/journal.jsonl"), flipped, StandardOpenOption.WRITE);
        assertThatThrownBy(() -> stored.get("trials/a/journal.jsonl"))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.damagedKey()).hasValue("trials/a/journal.jsonl"))
                .hasMessageContaining("is damaged");
    }

    @Test
    void filesThatComeAndGoMeanwhileDisturbNobody() throws Exception {
        Path trials = Files.createDirectories(folder.resolve("trials"));
        Files.write(trials.resolve("kept"), BYTES);
        AtomicBoolean over = new AtomicBoolean();
        Thread server = Thread.ofPlatform().start(() -> comeAndGo(trials, over));
        try {
            for (int look = 0; look < 2_000; look++) {
                assertThat(stored.list("trials/")).contains("trials/kept");
            }
        } finally {
            over.set(true);
            server.join();
        }
    }

    private static void comeAndGo(Path trials, AtomicBoolean over) {
        try {
            while (!over.get()) {
                for (int i = 0; i < 20; i++) {
                    Path checkpoint = Files.createDirectories(trials.resolve("t" + i + "/checkpoint"));
                    Files.write(checkpoint.resolve("1"), BYTES);
                    Files.delete(checkpoint.resolve("1"));
                    Files.delete(checkpoint);
                    Files.delete(checkpoint.getParent());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private S3ArtifactStore opened() {
        S3ArtifactStore store = new S3ArtifactStore(S3.settings(bucket));
        store.ensureBucket();
        return store;
    }
}
