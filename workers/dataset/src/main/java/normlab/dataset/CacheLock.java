package normlab.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** Lets one process at a time write to a dataset's cache. The system frees it when the process ends, however it ends. */
final class CacheLock implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other process has it. */
    static CacheLock take(Path file, TaskContext context) throws IOException, TaskInProgress {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean logged = false;
            while (tried(channel).isEmpty()) {
                if (!logged) {
                    context.log("[%s] another process is fetching this dataset; waiting for it".formatted(file));
                    logged = true;
                }
                context.stopIfAsked();
                Thread.sleep(BETWEEN_TRIES);
            }
            return new CacheLock(channel);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            channel.close();
            throw new TaskInProgress("interrupted while another process was fetching the dataset");
        } catch (IOException | TaskInProgress e) {
            channel.close();
            throw e;
        }
    }

    private static Optional<FileLock> tried(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
