package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * Reads the files of a tar archive one after the other, without unpacking it to disk. An archive is not trusted: names
 * that lead out of a folder, links, devices, too many or too large files are refused.
 */
final class TarReader {
    private final Limits limits;

    /**
     * @param entries files and folders
     * @param fileBytes of one file
     * @param totalBytes of the archive after gunzip, headers included
     */
    record Limits(int entries, long fileBytes, long totalBytes) {}

    /** What is done with each file. */
    interface Visitor {
        /** @param content of exactly {@code size} bytes; what is not read of it is skipped */
        void file(String name, long size, InputStream content) throws IOException, UnusableDataException;
    }

    TarReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param archive not compressed; left open
     * @throws IOException if the archive is broken off or damaged
     * @throws UnusableDataException if it contains what is refused, or is larger than its limits
     */
    void read(InputStream archive, Visitor visitor) throws IOException, UnusableDataException {
        TarArchiveInputStream tar =
                new TarArchiveInputStream(new Limited(archive, limits.totalBytes()), StandardCharsets.UTF_8.name());
        int entries = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++entries > limits.entries()) {
                throw damaged("contains more than %d files", limits.entries());
            }
            check(entry);
            if (!entry.isDirectory()) {
                visitor.file(entry.getName(), entry.getSize(), tar);
            }
        }
        if (entries == 0) {
            throw damaged("is not a tar archive, or an empty one");
        }
    }

    /**
     * The plain files of an archive that can be read at any place, by name, without reading them.
     *
     * @throws UnusableDataException if it contains what is refused, or one name twice
     */
    static Map<String, TarArchiveEntry> files(SeekableByteChannel archive, Limits limits)
            throws IOException, UnusableDataException {
        TarReader reader = new TarReader(limits);
        Map<String, TarArchiveEntry> files = new LinkedHashMap<>();
        try (TarFile tar = new TarFile(archive)) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                reader.check(entry);
                if (!entry.isDirectory() && files.put(entry.getName(), entry) != null) {
                    throw damaged("contains %s twice", entry.getName());
                }
            }
        }
        if (files.isEmpty()) {
            throw damaged("is not a tar archive, or an empty one");
        }
        return files;
    }

    private void check(TarArchiveEntry entry) throws UnusableDataException {
        String name = entry.getName();
        boolean inside = !name.isBlank()
                && !name.startsWith("/")
                && name.indexOf('\\') < 0
                && name.indexOf('\0') < 0
                && !Arrays.asList(name.split("/", -1)).contains("..");
        if (!inside) {
            throw damaged("contains a file named '%s', expected a name inside the archive's folder", name);
        }
        if (!isPlain(entry)) {
            throw damaged("contains '%s', which is a link, a device or sparse; expected plain files", name);
        }
        if (entry.getSize() > limits.fileBytes()) {
            throw damaged("contains '%s' of %d bytes, expected at most %d", name, entry.getSize(), limits.fileBytes());
        }
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        // The library takes devices for files.
        boolean device = entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO();
        return (entry.isDirectory() || entry.isFile())
                && !(device || entry.isLink() || entry.isSymbolicLink() || entry.isSparse());
    }

    /** Ends in an error where a compressed archive unpacks to more than it should. */
    private static final class Limited extends FilterInputStream {
        private final long limit;
        private long read;

        Limited(InputStream in, long limit) {
            super(in);
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = super.read(bytes, offset, length);
            count(Math.max(got, 0));
            return got;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long skipped = super.skip(wanted);
            count(skipped);
            return skipped;
        }

        @Override
        public void close() {
            // The caller owns the archive.
        }

        private void count(long bytes) throws IOException {
            read += bytes;
            if (read > limit) {
                throw new IOException("unpacks to more than %d bytes".formatted(limit));
            }
        }
    }
}
