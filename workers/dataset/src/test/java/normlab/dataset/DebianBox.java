package normlab.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder of tools for a search path: the real dpkg-deb, and an apt-get that a test writes. */
final class DebianBox {
    private static final Path DPKG = Path.of("/usr/bin/dpkg-deb");

    private final Path folder;

    DebianBox(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    static boolean isPossible() {
        return Files.isExecutable(DPKG);
    }

    DebianBox withUnpacker() throws IOException {
        return with("dpkg-deb", "exec " + DPKG + " \"$@\"");
    }

    DebianBox withFetcher(String script) throws IOException {
        return with("apt-get", script);
    }

    private DebianBox with(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return this;
    }

    String searchPath() {
        return folder + ":/usr/bin:/bin";
    }

    /** Only what the test put in. */
    String bareSearchPath() {
        return folder.toString();
    }

    /** Builds a package that contains the dataset's files below {@code usr/share/tiny}. */
    static Path build(TinyDataset tiny, Path work) throws IOException, InterruptedException {
        Path root = work.resolve("root");
        tiny.writeTo(root.resolve("usr/share/tiny"));
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.writeString(
                root.resolve("DEBIAN/control"),
                "Package: tiny\nVersion: 1\nArchitecture: all\nMaintainer: Nobody <nobody@localhost>\nDescription: tiny\n");
        Path result = work.resolve("tiny_1_all.deb");
        int status = new ProcessBuilder(DPKG.toString(), "--build", root.toString(), result.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("build.txt").toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(Files.readString(work.resolve("build.txt")));
        }
        return result;
    }
}
