package normlab.platform.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Conductor on a SQLite file. */
record EmbeddedConductor(StackSettings settings, int port) implements EmbeddedServer {
    /** Long enough to write the archive of loaded classes at its first end. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);

    @Override
    public String name() {
        return "conductor";
    }

    @Override
    public ProcessSpec prepare(Consumer<String> progress) throws InterruptedException {
        StackPaths paths = settings.paths();
        Path data = SafeFiles.directory(paths.data("conductor"));
        UnpackedJar unpacked = UnpackedJar.of(
                settings.infra().resolve("target/servers/conductor-server-boot.jar"), paths.servers(), progress);
        // Its storage for large payloads begins with an empty folder at every start.
        SafeFiles.deleteAll(data.resolve("tmp"));
        Jvm jvm = new Jvm("1g", data.resolve("tmp"), unpacked.folder().resolve("conductor.jsa"));
        List<String> command = jvm.command(List.of(
                // It makes a folder for the payloads of tasks that are not used here, in the home.
                "-Duser.home=" + data,
                "-jar",
                unpacked.jar().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.datasource.url=jdbc:sqlite:" + data.resolve("conductor.db")
                        + "?busy_timeout=15000&journal_mode=WAL&synchronous=NORMAL",
                "--spring.config.additional-location=file:"
                        + settings.infra().resolve("conductor/conductor.properties")));
        return ProcessSpec.server(name(), command, Map.of(), STOP_GRACE);
    }

    @Override
    public HealthCheck health() {
        return HealthCheck.ok("http://127.0.0.1:" + port + "/health");
    }
}
