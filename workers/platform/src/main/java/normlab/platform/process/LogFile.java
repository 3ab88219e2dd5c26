package normlab.platform.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The log of one process: appended to, and rotated when it has grown too large. */
public record LogFile(Path file) {
    private static final long LIMIT_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 16_384;

    /** Rotates the file if need be, before a process appends to it. Two old ones are kept, {@code .1} and {@code .2}. */
    public Path open() {
        return open(LIMIT_BYTES);
    }

    Path open(long limitBytes) {
        try {
            Files.createDirectories(file.getParent());
            if (isOver(limitBytes)) {
                shift();
                Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate " + file, e);
        }
    }

    /**
     * Rotates the file under a running process, which may live for weeks: the file is copied and truncated, since the
     * process would go on writing to one that is moved. What it writes between the two is lost.
     */
    public void trim() {
        trim(LIMIT_BYTES);
    }

    void trim(long limitBytes) {
        try {
            if (isOver(limitBytes)) {
                shift();
                Files.copy(file, older(1), StandardCopyOption.REPLACE_EXISTING);
                Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot rotate " + file, e);
        }
    }

    private boolean isOver(long limitBytes) throws IOException {
        return Files.exists(file) && Files.size(file) > limitBytes;
    }

    private void shift() throws IOException {
        if (Files.exists(older(1))) {
            Files.move(older(1), older(2), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path older(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    /** The last lines, indented, under a line that names the file; says so if there is no file, or it is empty. */
    public String tail(int lines) {
        if (!Files.exists(file)) {
            return file + " does not exist";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(Math.max(0, log.length() - TAIL_BYTES));
            byte[] end = new byte[(int) (log.length() - log.getFilePointer())];
            log.readFully(end);
            List<String> all =
                    new String(end, StandardCharsets.UTF_8).strip().lines().toList();
            List<String> last = all.subList(Math.max(0, all.size() - lines), all.size());
            return last.isEmpty() ? file + " is empty" : "the end of " + file + ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
