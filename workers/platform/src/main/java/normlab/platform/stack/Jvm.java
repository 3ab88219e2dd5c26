package normlab.platform.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a server on the Java that runs this one, tuned for a quick start and a small size. */
record Jvm(String heap, Path scratch, Path sharedArchive) {
    /**
     * The first compiler only and the serial collector: less than half the processor time until the server answers. The
     * archive of loaded classes is written by the JVM at its first end, and made anew when Java or the jar changes.
     */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + sharedArchive,
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + SafeFiles.directory(scratch)));
        command.addAll(arguments);
        return command;
    }
}
