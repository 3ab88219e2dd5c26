package normlab.platform.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import normlab.platform.process.Backoff;
import normlab.platform.process.LogFile;
import normlab.platform.process.ManagedProcess;
import normlab.platform.process.ManagedProcess.Timeouts;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessInfo.Status;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@Timeout(100)
class EmbeddedS3Test {
    private static final byte[] BYTES = "an object".getBytes(US_ASCII);

    private final BlockingQueue<ProcessInfo> told = new LinkedBlockingQueue<>();
    private Path objects;
    private S3Settings client;
    private ManagedProcess child;

    @BeforeEach
    void start(@TempDir Path root) throws Exception {
        Files.createSymbolicLink(
                root.resolve("servers"),
                Files.createDirectories(TestServer.checkout().resolve(".normlab/servers")));
        ServerSettings settings =
                ServerSettings.of(new DataFolder(root), TestServer.checkout().resolve("infra"));
        Credentials credentials = Credentials.of(settings.data());
        EmbeddedS3 server = new EmbeddedS3(settings, Endpoints.on(new Ports(1, 2, TestServer.freePort())), credentials);
        objects = settings.data().data("s3").resolve("normlab");
        client = new S3Settings(
                URI.create(server.endpoints().s3Endpoint()),
                "us-east-1",
                "normlab",
                credentials.accessKey(),
                credentials.secretKey(),
                Optional.empty());
        child = new ManagedProcess(
                server.prepare(line -> {}),
                server.health(),
                Backoff.standard(),
                Timeouts.untilReady(settings.startTimeout()),
                new LogFile(settings.data().log("s3")),
                told::add);
        child.start().get();
    }

    @AfterEach
    void stop() throws InterruptedException {
        child.stop();
    }

    @Test
    void killedInTheMiddleOfAWriteItLeavesNothingBehindOnceItIsBack() throws Exception {
        try (S3ArtifactStore store = new S3ArtifactStore(client)) {
            store.ensureBucket();
            store.put("trials/a/model.safetensors", BYTES);
            ProcessHandle server = up(0).process().orElseThrow().find().orElseThrow();
            try (Socket half = putHalfOf("trials/b/model.safetensors")) {
                Eventually.holds(() -> files().size() == 2);
                server.destroyForcibly();
                up(1);
                assertThat(half.isConnected()).isTrue();
            }
            assertThat(files()).containsExactly("trials/a/model.safetensors");
            assertThat(store.get("trials/a/model.safetensors")).hasValue(BYTES);
        }
    }

    private ProcessInfo up(int restarts) throws InterruptedException {
        while (true) {
            ProcessInfo member = told.take();
            if (member.status() == Status.UP && member.restarts() == restarts) {
                return member;
            }
        }
    }

    /** Sends the head of a request and half of what it announces. */
    private Socket putHalfOf(String key) throws IOException {
        URL url = presigned(key);
        Socket socket = new Socket(url.getHost(), url.getPort());
        String head = "PUT %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 200000\r\n\r\n"
                .formatted(url.getFile(), url.getAuthority());
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        socket.getOutputStream().write(new byte[100_000]);
        return socket;
    }

    private URL presigned(String key) {
        AwsBasicCredentials credentials = AwsBasicCredentials.create(client.accessKeyId(), client.secretAccessKey());
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(client.endpoint())
                .region(Region.of(client.region()))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()) {
            return presigner
                    .presignPutObject(p -> p.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(r -> r.bucket(client.bucket()).key(key)))
                    .url();
        }
    }

    private List<String> files() {
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> objects.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
