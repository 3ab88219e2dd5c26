package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import normlab.provenance.Sha256;

/** Reads one file and holds it against its manifest: structure, dimensions, hash of the content, range of labels. */
final class FileVerifier {
    private static final int GZIP_MAGIC = 0x1f8b;

    private final DatasetManifest manifest;

    FileVerifier(DatasetManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * @param path raw or gzip, whatever its name
     * @throws UnusableDataException naming the file, what was found, what was expected and what to do
     */
    IdxFile read(Path path, DataFile expected) throws UnusableDataException {
        try {
            return verified(path, expected);
        } catch (UnusableDataException e) {
            throw e.about(path, "delete it or replace it by the original, see " + manifest.homepage());
        }
    }

    private IdxFile verified(Path path, DataFile expected) throws UnusableDataException {
        if (Files.isDirectory(path)) {
            throw damaged("is a folder, expected a file");
        }
        try (InputStream content = open(path)) {
            DigestInputStream digested = new DigestInputStream(content, Sha256.digest());
            FileRole role = expected.role();
            IdxFile file = IdxFile.read(digested, role.rank(), expected.bytes() - role.headerBytes());
            check(
                    file,
                    expected,
                    HexFormat.of().formatHex(digested.getMessageDigest().digest()));
            return file;
        } catch (ZipException | EOFException e) {
            throw new UnusableDataException(
                    UnusableDataException.Kind.DAMAGED, "is not sound gzip (%s)".formatted(e.getMessage()), e);
        } catch (IOException e) {
            throw new UnusableDataException(UnusableDataException.Kind.DAMAGED, "cannot be read (%s)".formatted(e), e);
        }
    }

    private static InputStream open(Path path) throws IOException, UnusableDataException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            raw.mark(2);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            if (first < 0) {
                throw damaged("is empty");
            }
            return (first << 8 | second) == GZIP_MAGIC ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException | UnusableDataException e) {
            raw.close();
            throw e;
        }
    }

    private void check(IdxFile file, DataFile expected, String sha256) throws UnusableDataException {
        List<Integer> dimensions = expected.role().holdsImages()
                ? List.of(expected.count(), manifest.height(), manifest.width())
                : List.of(expected.count());
        if (!file.dimensions().equals(dimensions)) {
            throw damaged("dimensions are %s, the manifest says %s", file.dimensions(), dimensions);
        }
        if (!expected.role().holdsImages()) {
            checkLabels(file.values());
        }
        if (!sha256.equals(expected.sha256())) {
            throw damaged("sha256 of the content is %s, the manifest says %s", sha256, expected.sha256());
        }
    }

    private void checkLabels(byte[] labels) throws UnusableDataException {
        int classes = manifest.classes().size();
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            if (label >= classes) {
                throw damaged("label %d is %d, expected 0 to %d", i, label, classes - 1);
            }
        }
    }
}
