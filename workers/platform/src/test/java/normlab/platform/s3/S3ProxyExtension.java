package normlab.platform.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real S3 server on a free loopback port and a folder of its own, for the tests of one class. */
public final class S3ProxyExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Path JAR = Path.of("../../infra/target/servers/s3proxy-jar-with-dependencies.jar");
    private static final Pattern READY = Pattern.compile("Started .*ServerConnector.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final String KEY_ID = "normlab-test";

    private final String secret = UUID.randomUUID().toString();
    private Path folder = Path.of("unset");
    private Optional<ServerProcess> server = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (!Files.isRegularFile(JAR)) {
            throw new IllegalStateException(
                    "%s is not there; `mvn -q process-resources -pl infra` at the root of the repository fetches it"
                            .formatted(JAR.toAbsolutePath().normalize()));
        }
        folder = Files.createTempDirectory("normlab-s3proxy");
        Files.createDirectory(data());
        Path configuration = Files.write(folder.resolve("s3proxy.conf"), configuration());
        server = Optional.of(ServerProcess.start(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        configuration.toString()),
                READY));
    }

    private List<String> configuration() {
        return List.of(
                "s3proxy.endpoint=http://127.0.0.1:0",
                "s3proxy.authorization=aws-v2-or-v4",
                "s3proxy.identity=" + KEY_ID,
                "s3proxy.credential=" + secret,
                "s3proxy.ignore-unknown-headers=true",
                "jclouds.provider=filesystem",
                "jclouds.filesystem.basedir=" + data());
    }

    /** Where the server keeps its objects, as {@code <bucket>/<key>}. */
    public Path data() {
        return folder.resolve("data");
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.orElseThrow().announced());
    }

    /** Settings that the server accepts. */
    public S3Settings settings(String bucket) {
        return new S3Settings(endpoint(), "us-east-1", bucket, KEY_ID, secret, Optional.empty());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server.ifPresent(ServerProcess::close);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(S3ProxyExtension::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
