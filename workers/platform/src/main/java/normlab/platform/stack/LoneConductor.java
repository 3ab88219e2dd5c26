package normlab.platform.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A Conductor server as the stack starts it, alone, with a database of its own that goes with it: for measurements. */
public final class LoneConductor implements AutoCloseable {
    private final Path root;
    private final URI address;
    private final Child child;

    private LoneConductor(Path root, URI address, Child child) {
        this.root = root;
        this.address = address;
        this.child = child;
    }

    /**
     * @param like the stack whose installation is used
     * @throws StackException quoting its log, if it does not start
     */
    public static LoneConductor start(StackSettings like) throws InterruptedException {
        try {
            Path root = Files.createTempDirectory("normlab-conductor");
            Files.createSymbolicLink(
                    root.resolve("servers"),
                    Files.createDirectories(like.paths().servers()));
            int port = freePort();
            StackSettings settings = new StackSettings(
                    root, like.infra(), like.preferredPorts(), like.patience(), like.pythons(), like.setup());
            EmbeddedConductor server = new EmbeddedConductor(settings, port);
            Child child = new Child(
                    server.prepare(progress -> {}),
                    server.health(),
                    BackOff.standard(),
                    Patience.untilReady(settings.patience()),
                    new LogFile(settings.paths().log(server.name())),
                    member -> {});
            child.start().get();
            return new LoneConductor(root, URI.create("http://127.0.0.1:" + port), child);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new StackException(String.valueOf(e.getMessage()), e);
        }
    }

    public URI address() {
        return address;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            child.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SafeFiles.deleteAll(root);
    }
}
