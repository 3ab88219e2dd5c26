package normlab.app.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A small file system of its own below a folder, where this user may mount one: it can be full or read-only. */
final class Disk {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final String SIZE = "size=256m";

    private final Path folder;
    private boolean mounted;

    Disk(Path folder) {
        this.folder = folder;
    }

    void mount() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString());
    }

    /**
     * Does nothing where nothing is mounted. A process that still has a file open does not keep the folder from being
     * removed.
     */
    void unmount() throws IOException, InterruptedException {
        mounted = false;
        if (isMounted() && !run("umount", folder.toString()) && !run("umount", "--lazy", folder.toString())) {
            throw new IllegalStateException("[%s] stays mounted: umount it as its owner".formatted(folder));
        }
    }

    private boolean isMounted() throws IOException {
        return Files.exists(MOUNTS)
                && Files.readAllLines(MOUNTS).stream().anyMatch(line -> line.split(" ")[1].equals(folder.toString()));
    }

    /** @return the file that takes all the room */
    Path fill() throws IOException {
        requireMounted();
        Path filler = folder.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] megabyte = new byte[1 << 20];
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    void readOnly(boolean on) throws IOException, InterruptedException {
        requireMounted();
        while (!run("mount", "-o", on ? "remount,ro" : "remount,rw", folder.toString())) {
            // A file is open for writing at this moment.
            Thread.sleep(10);
        }
    }

    private void requireMounted() {
        if (!mounted) {
            throw new TestAbortedException("this user may not mount a file system");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        return new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
