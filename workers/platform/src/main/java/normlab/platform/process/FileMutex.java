package normlab.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lock on a file that holds between processes and between threads, and is released when the process ends. */
public final class FileMutex {
    private static final Duration STEP = Duration.ofMillis(50);

    private final FileChannel channel;
    private final Path file;

    private FileMutex(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    public static Optional<FileMutex> tryAcquire(Path file) {
        FileChannel channel = open(file);
        FileLock lock = lock(channel, file);
        if (lock == null) {
            close(channel, file);
            return Optional.empty();
        }
        return Optional.of(new FileMutex(channel, file));
    }

    /** @return empty if another holds the lock for longer than {@code timeout} */
    public static Optional<FileMutex> acquire(Path file, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        Optional<FileMutex> mutex = tryAcquire(file);
        while (mutex.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(STEP);
            mutex = tryAcquire(file);
        }
        return mutex;
    }

    private static FileChannel open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the lock " + file, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel, Path file) {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private static void close(FileChannel channel, Path file) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the lock " + file, e);
        }
    }

    public void release() {
        close(channel, file);
    }
}
