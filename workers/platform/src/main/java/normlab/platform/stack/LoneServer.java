package normlab.platform.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A server as the stack starts it, alone, with data of its own that goes with it. */
final class LoneServer implements AutoCloseable {
    private final Path root;
    private final Child child;

    private LoneServer(Path root, Child child) {
        this.root = root;
        this.child = child;
    }

    /** Makes the server for a root of its own. */
    interface Recipe<S extends EmbeddedServer> {
        S server(StackSettings settings, int port);
    }

    /** A started server and what was made for it. */
    record Started<S extends EmbeddedServer>(S server, LoneServer running) {}

    /**
     * @param like the stack whose installation is used
     * @throws StackException quoting its log, if it does not start
     */
    static <S extends EmbeddedServer> Started<S> start(StackSettings like, Recipe<S> recipe)
            throws InterruptedException {
        try {
            Path root = Files.createTempDirectory("normlab-server");
            Files.createSymbolicLink(
                    root.resolve("servers"),
                    Files.createDirectories(like.paths().servers()));
            StackSettings settings = new StackSettings(
                    root, like.infra(), like.preferredPorts(), like.patience(), like.pythons(), like.setup());
            S server = recipe.server(settings, freePort());
            Child child = new Child(
                    server.prepare(progress -> {}),
                    server.health(),
                    BackOff.standard(),
                    Patience.untilReady(settings.patience()),
                    new LogFile(settings.paths().log(server.name())),
                    member -> {});
            child.start().get();
            return new Started<>(server, new LoneServer(root, child));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new StackException(String.valueOf(e.getMessage()), e);
        }
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
