package normlab.platform.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import normlab.platform.process.HealthCheck;
import normlab.platform.process.Jvm;
import normlab.platform.process.ProcessSpec;
import normlab.platform.process.SafeFiles;

/** Conductor on a SQLite file. */
public record EmbeddedConductor(ServerSettings settings, int port) implements EmbeddedServer {
    private static final String SETTINGS = "conductor.properties";
    /** Long enough to write the archive of loaded classes when it first exits. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(45);

    @Override
    public String name() {
        return "conductor";
    }

    @Override
    public ProcessSpec prepare(Consumer<String> progress) throws InterruptedException {
        DataFolder folder = settings.data();
        Path data = SafeFiles.directory(folder.data("conductor"));
        UnpackedJar unpacked = UnpackedJar.of(
                settings.infra().resolve("target/servers/conductor-server-boot.jar"), folder.servers(), progress);
        // Its storage for large payloads starts empty each time.
        SafeFiles.deleteAll(data.resolve("tmp"));
        Jvm jvm = new Jvm("1g", data.resolve("tmp"), unpacked.folder().resolve("conductor.jsa"));
        List<String> command = jvm.command(List.of(
                // It creates a folder in the home for the payloads of tasks that NormLab does not use.
                "-Duser.home=" + data,
                "-jar",
                unpacked.jar().toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--spring.datasource.url=jdbc:sqlite:conductor.db?busy_timeout=15000&journal_mode=WAL&synchronous=NORMAL",
                "--spring.config.additional-location=file:./" + SETTINGS));
        // These URLs would have to encode an absolute path, each in its own way.
        copySettings(data);
        return ProcessSpec.server(name(), command, Map.of(), STOP_GRACE).in(data);
    }

    private void copySettings(Path data) {
        Path file = settings.infra().resolve("conductor").resolve(SETTINGS);
        try {
            SafeFiles.write(data.resolve(SETTINGS), Files.readAllBytes(file), SafeFiles.PRIVATE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public HealthCheck health() {
        return HealthCheck.ok("http://127.0.0.1:" + port + "/health");
    }
}
