package normlab.platform.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a server on the Java that runs this program, tuned for a quick start and a small footprint.
 *
 * @param heap as {@code -Xmx} takes it
 * @param scratch its folder for temporary files
 * @param sharedArchive where the JVM keeps parsed classes from one start to the next
 */
public record Jvm(String heap, Path scratch, Path sharedArchive) {
    /**
     * The first compiler only and the serial collector: less than half the processor time until the server answers. The
     * JVM writes the archive of loaded classes when it first exits, and again when Java or the jar has changed.
     */
    public List<String> command(List<String> arguments) {
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
