package normlab.platform.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import normlab.platform.process.Backoff;
import normlab.platform.process.LogFile;
import normlab.platform.process.ManagedProcess;
import normlab.platform.process.ManagedProcess.Timeouts;
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;

/**
 * One server of the stack, without the others and on data of its own, which is deleted when it is closed: for benchmarks
 * and tests.
 */
public final class StandaloneServer<S extends EmbeddedServer> implements AutoCloseable {
    private final S server;
    private final Path root;
    private final ManagedProcess process;

    private StandaloneServer(S server, Path root, ManagedProcess process) {
        this.server = server;
        this.root = root;
        this.process = process;
    }

    /**
     * A Conductor server.
     *
     * @param installation whose installed programs are used
     * @throws ProcessException with the end of its log, if it does not start
     */
    public static StandaloneServer<EmbeddedConductor> conductor(ServerSettings installation)
            throws InterruptedException {
        return start(installation, EmbeddedConductor::new);
    }

    /** An empty S3 store; as {@link #conductor}. */
    public static StandaloneServer<EmbeddedS3> store(ServerSettings installation) throws InterruptedException {
        return start(
                installation,
                (settings, port) -> new EmbeddedS3(
                        settings,
                        Endpoints.on(new Ports(Ports.PREFERRED.conductor(), Ports.PREFERRED.mlflow(), port)),
                        Credentials.of(settings.data())));
    }

    /**
     * @param installation whose installed programs are used
     * @param recipe makes the server for its own settings and a free port
     * @throws ProcessException with the end of its log, if it does not start
     */
    static <S extends EmbeddedServer> StandaloneServer<S> start(
            ServerSettings installation, BiFunction<ServerSettings, Integer, S> recipe) throws InterruptedException {
        try {
            Path root = Files.createTempDirectory("normlab-server");
            Files.createSymbolicLink(
                    root.resolve("servers"),
                    Files.createDirectories(installation.data().servers()));
            ServerSettings settings = new ServerSettings(
                    new DataFolder(root), installation.infra(), installation.startTimeout(), installation.pythons());
            S server = recipe.apply(settings, freePort());
            ManagedProcess process = new ManagedProcess(
                    server.prepare(progress -> {}),
                    server.health(),
                    Backoff.standard(),
                    Timeouts.untilReady(settings.startTimeout()),
                    new LogFile(settings.data().log(server.name())),
                    info -> {});
            process.start().get();
            return new StandaloneServer<>(server, root, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new ProcessException(String.valueOf(e.getMessage()), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public S server() {
        return server;
    }

    @Override
    public void close() {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SafeFiles.deleteAll(root);
    }
}
