package normlab.platform.conductor;

import static normlab.platform.conductor.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real server, on a free port of the loopback and a SQLite file of its own, for one test class. */
final class RunningConductor implements BeforeAllCallback, AfterAllCallback {
    private @Nullable Process process;
    private @Nullable Path folder;
    private @Nullable ConductorServer server;

    ConductorServer server() {
        return Objects.requireNonNull(server, "the server runs between beforeAll and afterAll");
    }

    /** The workflow definitions of this checkout. */
    static Path workflows() {
        return root().resolve("workflows");
    }

    private static Path root() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("infra/pom.xml"))) {
            path = Objects.requireNonNull(path.getParent(), "the tests run inside the checkout");
        }
        return path;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path jar = root().resolve("infra/target/servers/conductor-server-boot.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "[%s] is missing; fetch it with: mvn -q process-resources -pl infra".formatted(jar));
        }
        Path temporary = Files.createTempDirectory("conductor-");
        int port = freePort();
        server = new ConductorServer(URI.create("http://127.0.0.1:" + port));
        folder = temporary;
        Process started = new ProcessBuilder(command(jar, port))
                .directory(temporary.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("server.log").toFile())
                .start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        eventually(Duration.ofSeconds(120), () -> isHealthy(started), healthy -> healthy);
    }

    private static List<String> command(Path jar, int port) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-jar",
                jar.toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.datasource.url=jdbc:sqlite:run.db?busy_timeout=15000&journal_mode=WAL&synchronous=NORMAL");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isHealthy(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException(
                    "the server ended with %s; see %s/server.log".formatted(started.exitValue(), folder));
        }
        HttpRequest health = HttpRequest.newBuilder(server().address().resolve("/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(health, BodyHandlers.ofString()).body().contains("\"healthy\":true");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
