package normlab.platform.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The log of one process: appended to, and put aside when it has grown too large. */
record LogFile(Path file) {
    private static final long LIMIT_BYTES = 10L << 20;
    private static final int TAIL_BYTES = 16_384;

    /** Makes the file ready for a process that appends to it. Two older ones are kept as {@code .1} and {@code .2}. */
    Path open() {
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
     * Does the same under a process that appends, and may live for weeks: the file is copied and emptied, since the
     * process would go on in one that is moved. What it writes between the two is lost.
     */
    void trim() {
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

    /** The last lines, indented, under a line that names the file; says so where there is nothing. */
    String tail(int lines) {
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
