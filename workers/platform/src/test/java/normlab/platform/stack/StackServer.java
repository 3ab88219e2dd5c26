package normlab.platform.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * A server of the stack, with the stack's own settings and installation, on a free port and data of its own: for the
 * tests of one class.
 */
public final class StackServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path root;
    private final URI address;
    private final Process process;
    private final ProcessSpec spec;

    private StackServer(Path root, URI address, ProcessSpec spec, Process process) {
        this.root = root;
        this.address = address;
        this.spec = spec;
        this.process = process;
    }

    public static StackServer conductor() {
        return start(EmbeddedConductor::new);
    }

    /** @param s3Endpoint where its artifacts lie, in the bucket given */
    public static StackServer mlflow(URI s3Endpoint, String bucket, Credentials credentials) {
        return start((settings, port) -> new EmbeddedMlflow(
                settings,
                new Endpoints("http://127.0.0.1:1/api", "http://127.0.0.1:" + port, s3Endpoint.toString(), bucket),
                credentials));
    }

    /** Base of what the server answers. */
    public URI address() {
        return address;
    }

    /** The root of this checkout. */
    public static Path checkout() {
        Path path = Path.of("").toAbsolutePath();
        while (!Files.exists(path.resolve("infra/pom.xml"))) {
            path = Objects.requireNonNull(path.getParent(), "the tests run inside the checkout");
        }
        return path;
    }

    private static StackServer start(BiFunction<StackSettings, Integer, EmbeddedServer> definition) {
        try {
            Path root = Files.createTempDirectory("normlab-server");
            // What can be made again at any time, and takes long, is shared with the user's stack.
            Files.createSymbolicLink(
                    root.resolve("servers"), Files.createDirectories(checkout().resolve(".normlab/servers")));
            int port = freePort();
            EmbeddedServer server =
                    definition.apply(StackSettings.of(root, checkout().resolve("infra")), port);
            ProcessSpec spec = server.prepare(progress -> {});
            StackServer started =
                    new StackServer(root, URI.create("http://127.0.0.1:" + port), spec, launch(spec, root));
            started.await(server.health());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
        }
    }

    private static Process launch(ProcessSpec spec, Path root) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(spec.command()).redirectErrorStream(true).redirectOutput(log(root));
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static File log(Path root) {
        return root.resolve("server.log").toFile();
    }

    private void await(HealthCheck health) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!health.passes()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                throw new IllegalStateException("%s does not answer; its log:%n%s"
                        .formatted(spec.name(), Files.readString(log(root).toPath())));
            }
        }
    }

    /** A port of the loopback that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops it as the stack does, so that the archive of its classes is kept for the next start. */
    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(spec.stopGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        SafeFiles.deleteAll(root);
    }
}
