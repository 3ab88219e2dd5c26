package normlab.app.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * The wall clock of one process, which can be moved while it runs, as an administrator or NTP moves that of a machine:
 * {@code src/test/c/shifted_clock.c}, compiled here and preloaded into it.
 */
final class ShiftedClock {
    private final Path library;
    private final Path shift;

    private ShiftedClock(Path library, Path shift) {
        this.library = library;
        this.shift = shift;
    }

    /** @param folder of the library and of the file that moves the clock */
    static ShiftedClock built(Path folder) throws IOException, InterruptedException {
        ShiftedClock clock = new ShiftedClock(folder.resolve("shifted_clock.so"), folder.resolve("shifted_clock"));
        Files.write(clock.shift, new byte[Long.BYTES]);
        try {
            int status = new ProcessBuilder(
                            "cc",
                            "-shared",
                            "-fPIC",
                            "-o",
                            clock.library.toString(),
                            "src/test/c/shifted_clock.c",
                            "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new TestAbortedException("the C compiler does not compile src/test/c/shifted_clock.c");
            }
        } catch (IOException e) {
            throw new TestAbortedException("there is no C compiler");
        }
        return clock;
    }

    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "SHIFTED_CLOCK", shift.toString());
    }

    void set(Duration fromTrueTime) throws IOException {
        try (FileChannel file = FileChannel.open(shift, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(0, fromTrueTime.toSeconds()));
        }
    }
}
