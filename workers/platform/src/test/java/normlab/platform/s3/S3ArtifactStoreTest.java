package normlab.platform.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import normlab.port.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3ArtifactStoreTest {
    @RegisterExtension
    static final S3ProxyExtension S3 = new S3ProxyExtension();

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private final S3Settings settings = S3.settings("bucket-" + BUCKETS.incrementAndGet());

    private static S3ArtifactStore open(S3Settings settings) {
        S3ArtifactStore store = new S3ArtifactStore(settings);
        store.ensureBucket();
        return store;
    }

    @Test
    void aSecondEnsureBucketChangesNothing() {
        try (S3ArtifactStore store = open(settings)) {
            store.put("key", BYTES);
            store.ensureBucket();
            assertThat(store.get("key")).hasValue(BYTES);
        }
    }

    @Test
    void aByteDamagedOnDiskIsFoundAndTheKeyNamed() throws IOException {
        try (S3ArtifactStore store = open(settings)) {
            store.put("trials/a/model.bin", BYTES);
            flipFirstByte(S3.data().resolve(settings.bucket()).resolve("trials/a/model.bin"));
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.get("trials/a/model.bin"));
            assertThat(failure.retryable()).isFalse();
            assertThat(failure.damagedKey()).hasValue("trials/a/model.bin");
            assertThat(failure)
                    .hasMessageMatching(
                            "\\[trials/a/model.bin] is damaged: .* is [0-9a-f]{64}, expected [0-9a-f]{64}.*");
        }
    }

    @Test
    void whatIsSetAsideCanBeLookedAtWithItsDamageAndMadeAgain() throws IOException {
        try (S3ArtifactStore store = open(settings)) {
            store.put("trials/b/model.bin", BYTES);
            Path file = S3.data().resolve(settings.bucket()).resolve("trials/b/model.bin");
            flipFirstByte(file);
            byte[] damaged = Files.readAllBytes(file);
            store.setAside("trials/b/model.bin");
            assertThat(Files.readAllBytes(S3.data().resolve(settings.bucket()).resolve("damaged/trials/b/model.bin")))
                    .isEqualTo(damaged);
            assertThat(catchThrowableOfType(StoreException.class, () -> store.get("damaged/trials/b/model.bin"))
                            .damagedKey())
                    .isPresent();
            assertThat(store.putIfAbsent("trials/b/model.bin", BYTES)).isTrue();
            assertThat(store.get("trials/b/model.bin")).hasValue(BYTES);
        }
    }

    private static void flipFirstByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        // In place: the metadata lies in attributes of this file.
        Files.write(file, bytes);
    }

    @Test
    void aLostAnswerToAConditionalPutIsStillAWin() throws IOException {
        open(settings).close();
        try (LossyLink link = LossyLink.to(settings.endpoint(), n -> n == 1);
                S3ArtifactStore store = new S3ArtifactStore(at(link.address()))) {
            assertThat(store.putIfAbsent("result.json", BYTES)).isTrue();
            assertThat(link.answers())
                    .as("the lost answer, and that to the look at the winner")
                    .isEqualTo(2);
            assertThat(store.putIfAbsent("result.json", BYTES)).isFalse();
        }
    }

    @Test
    void aTransferThatBreaksOffStartsOver() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        try (S3ArtifactStore store = open(settings)) {
            store.put("large", bytes);
        }
        try (LossyLink link = LossyLink.cutting(settings.endpoint(), n -> n == 1);
                S3ArtifactStore store = new S3ArtifactStore(at(link.address()))) {
            assertThat(store.get("large", ByteBuffer::allocateDirect)).hasValue(ByteBuffer.wrap(bytes));
            assertThat(link.answers()).isEqualTo(2);
        }
    }

    @Test
    void aWrongSecretIsRefusedForGoodAndNeverShown() {
        open(settings).close();
        String wrong = "wrong-secret-text";
        S3Settings forged = new S3Settings(
                settings.endpoint(),
                settings.region(),
                settings.bucket(),
                settings.accessKeyId(),
                wrong,
                Optional.empty());
        try (S3ArtifactStore store = new S3ArtifactStore(forged)) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.get("key"));
            assertThat(failure.retryable()).isFalse();
            assertThat(failure)
                    .hasMessageContaining("refuses the access key id '" + settings.accessKeyId() + "'")
                    .hasMessageContaining("403");
            assertThat(failure).hasStackTraceContaining("S3Exception");
            assertThat(failure.toString() + failure.getCause()).doesNotContain(wrong);
        }
        assertThat(settings.toString())
                .doesNotContain(settings.secretAccessKey())
                .contains(settings.accessKeyId());
    }

    @Test
    void aStoreThatIsAwayIsWorthAnotherTryAndSaysWhatToStart() throws IOException {
        try (S3ArtifactStore store = new S3ArtifactStore(at(nobody()))) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.put("key", BYTES));
            assertThat(failure.retryable()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("[key]")
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining(settings.bucket())
                    .hasMessageContaining("./normlab up");
        }
    }

    @Test
    void aMissingBucketIsNotTakenForAMissingKey() {
        try (S3ArtifactStore store = new S3ArtifactStore(settings)) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.get("key"));
            assertThat(failure.retryable()).isFalse();
            assertThat(failure).hasMessageContaining("bucket " + settings.bucket() + " does not exist");
        }
    }

    @Test
    void anObjectOfSomebodyElseIsNotHandedOut() throws IOException {
        try (S3ArtifactStore store = open(settings)) {
            Files.write(S3.data().resolve(settings.bucket()).resolve("foreign"), BYTES);
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.get("foreign"));
            assertThat(failure).hasMessageContaining("[foreign] carries no SHA-256");
        }
    }

    @Test
    void aPrefixKeepsTwoStoresInOneBucketApart() {
        S3Settings one = below("lab/one");
        S3Settings two = below("lab/two");
        try (S3ArtifactStore first = open(one);
                S3ArtifactStore second = open(two)) {
            first.put("a/key", BYTES);
            assertThat(first.list("")).containsExactly("a/key");
            assertThat(first.get("a/key")).hasValue(BYTES);
            assertThat(second.list("")).isEmpty();
            assertThat(second.exists("a/key")).isFalse();
        }
    }

    @Test
    void anUploadGoesToItsAddressWhateverThePrefix() {
        try (S3ArtifactStore store = open(below("lab"));
                S3ArtifactStore whole = open(settings)) {
            store.upload("s3://" + settings.bucket() + "/mlflow/1/report.html", BYTES);
            assertThat(whole.get("mlflow/1/report.html")).hasValue(BYTES);
            StoreException failure =
                    catchThrowableOfType(StoreException.class, () -> store.upload("s3://elsewhere/report.html", BYTES));
            assertThat(failure).hasMessageContaining("[s3://elsewhere/report.html] lies outside this store");
        }
    }

    @Test
    void aKeyThatLeavesItsFolderIsRefused() {
        try (S3ArtifactStore store = open(settings)) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.put("a/../b", BYTES));
            assertThat(failure).hasMessageContaining("[a/../b] is not a key");
        }
    }

    private S3Settings below(String prefix) {
        return new S3Settings(
                settings.endpoint(),
                settings.region(),
                settings.bucket(),
                settings.accessKeyId(),
                settings.secretAccessKey(),
                Optional.of(prefix));
    }

    private S3Settings at(URI endpoint) {
        return new S3Settings(
                endpoint,
                settings.region(),
                settings.bucket(),
                settings.accessKeyId(),
                settings.secretAccessKey(),
                Optional.empty());
    }

    private static URI nobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
    }
}
