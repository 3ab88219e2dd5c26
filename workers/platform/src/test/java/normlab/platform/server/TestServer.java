package normlab.platform.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A server of the stack, with the stack's own settings and installation, on a free port and data of its own: for the
 * tests of one class.
 */
public final class TestServer implements AutoCloseable {
    private final URI address;
    private final StandaloneServer<?> running;
    private final Thread closeAtExit = new Thread(this::stop);

    private TestServer(URI address, StandaloneServer<?> running) {
        this.address = address;
        this.running = running;
        Runtime.getRuntime().addShutdownHook(closeAtExit);
    }

    public static TestServer conductor() {
        return start(EmbeddedConductor::new, server -> "http://127.0.0.1:" + server.port());
    }

    /** @param s3Endpoint where its artifacts lie, in the bucket given */
    public static TestServer mlflow(URI s3Endpoint, String bucket, Credentials credentials) {
        return start(
                (settings, port) -> new EmbeddedMlflow(
                        settings,
                        new Endpoints(
                                "http://127.0.0.1:1/api", "http://127.0.0.1:" + port, s3Endpoint.toString(), bucket),
                        credentials),
                server -> server.endpoints().mlflowUrl());
    }

    private static <S extends EmbeddedServer> TestServer start(
            BiFunction<ServerSettings, Integer, S> recipe, Function<S, String> address) {
        try {
            StandaloneServer<S> running = StandaloneServer.start(installation(), recipe);
            return new TestServer(URI.create(address.apply(running.server())), running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
        }
    }

    /** The settings of this checkout: what takes long to install is shared with the user's stack. */
    static ServerSettings installation() {
        return ServerSettings.of(
                new DataFolder(checkout().resolve(".normlab")), checkout().resolve("infra"));
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

    /** A port of the loopback interface that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void stop() {
        running.close();
    }

    /** Stops it as the stack does, so that the archive of its classes is kept for the next start. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(closeAtExit);
        stop();
    }
}
