package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a file that may be compressed, whatever its name says. */
final class Gunzip {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    private Gunzip() {}

    /** The content: unpacked where the file is gzip, else as it is. */
    static InputStream open(Path path) throws IOException, UnusableDataException {
        InputStream raw = Files.newInputStream(path);
        try {
            return of(raw);
        } catch (IOException | UnusableDataException e) {
            raw.close();
            throw e;
        }
    }

    /** As {@link #open}, of a file that has been opened. */
    static InputStream of(InputStream file) throws IOException, UnusableDataException {
        InputStream raw = new BufferedInputStream(file, BUFFER);
        raw.mark(2);
        int first = raw.read();
        int second = raw.read();
        raw.reset();
        if (first < 0) {
            throw damaged("is empty");
        }
        return (first << 8 | second) == GZIP_MAGIC ? new GZIPInputStream(raw, BUFFER) : raw;
    }
}
