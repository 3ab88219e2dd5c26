package normlab.platform.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import normlab.platform.process.Command;
import normlab.platform.process.Environment;
import normlab.platform.process.FileMutex;
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;
import normlab.provenance.Sha256;

/**
 * A Spring Boot jar taken apart, so that the JVM can keep an archive of its classes; that halves the time of a start.
 *
 * @param folder with the jar and its libraries, named after their content
 */
record UnpackedJar(Path folder, Path jar) {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    static UnpackedJar of(Path packed, Path servers, Consumer<String> progress) throws InterruptedException {
        if (!Files.isRegularFile(packed)) {
            throw new ProcessException(
                    "[" + packed + "] does not exist, expected the server's jar: mvn -pl infra process-resources");
        }
        Path folder = servers.resolve("conductor-" + contentHash(packed));
        UnpackedJar unpacked = new UnpackedJar(folder, folder.resolve(packed.getFileName()));
        if (!Files.exists(folder)) {
            progress.accept("unpacking (once)");
            unpacked.unpackAlone(packed);
        }
        return unpacked;
    }

    /** Several processes may want it at once; the later ones find what the first one made. */
    private void unpackAlone(Path packed) throws InterruptedException {
        FileMutex alone = FileMutex.acquire(folder.resolveSibling(folder.getFileName() + ".lock"), TIMEOUT)
                .orElseThrow(() -> new ProcessException("[" + folder + "] is being made by another process"));
        try {
            if (!Files.exists(folder)) {
                unpack(packed);
            }
        } finally {
            alone.release();
        }
    }

    private void unpack(Path packed) throws InterruptedException {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        SafeFiles.deleteAll(part);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Djarmode=tools",
                "-jar",
                packed.toString(),
                "extract",
                "--destination",
                part.toString());
        Command.Result result = new Command(command, Environment.ofJava(System.getenv())).run(TIMEOUT);
        if (!result.succeeded()) {
            throw new ProcessException("[%s] cannot be unpacked to %s: %s".formatted(packed, part, result.tail(15)));
        }
        try {
            Files.move(part, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + part + " to " + folder, e);
        }
    }

    /** Of the names and checksums of the entries: as good as that of all bytes, and read in milliseconds. */
    private static String contentHash(Path packed) {
        try (ZipFile zip = new ZipFile(packed.toFile())) {
            MessageDigest digest = Sha256.digest();
            zip.stream()
                    .map(entry -> entry.getName() + " " + entry.getCrc() + "\n")
                    .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + packed, e);
        }
    }
}
