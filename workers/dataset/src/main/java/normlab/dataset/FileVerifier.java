package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;
import normlab.provenance.Sha256;

/** Reads one file and verifies it against its manifest: structure, dimensions, hash of the content, range of labels. */
final class FileVerifier {
    private final DatasetManifest manifest;
    private final VerifiedFiles known;

    /** @param known archives, which are not hashed again */
    FileVerifier(DatasetManifest manifest, VerifiedFiles known) {
        this.manifest = manifest;
        this.known = known;
    }

    /**
     * @param path an IDX file, raw or gzip, whatever its name
     * @throws UnusableDataException naming the file, what was found, what was expected and what to do
     */
    IdxFile read(Path path, DataFile expected) throws UnusableDataException {
        return reading(path, () -> verifiedIdx(path, expected));
    }

    /** As {@link #read}, for a file of any role, keeping nothing of it. */
    void verify(Path path, DataFile expected) throws UnusableDataException {
        if (expected.role().isArchive()) {
            reading(path, () -> verifiedArchive(path, expected));
        } else {
            read(path, expected);
        }
    }

    /** Verifies a generated file against its manifest. */
    void verify(IdxFile file, DataFile expected) throws UnusableDataException {
        try {
            check(file, manifest.dimensions(expected), expected);
            checkHash("sha256 of the content", file.sha256(), expected);
        } catch (UnusableDataException e) {
            throw e.about(expected.name(), "this version generates other data than its manifest states");
        }
    }

    private interface Reading<T> {
        T read() throws IOException, UnusableDataException;
    }

    private <T> T reading(Path path, Reading<T> work) throws UnusableDataException {
        try {
            if (Files.isDirectory(path)) {
                throw damaged("is a folder, expected a file");
            }
            return work.read();
        } catch (UnusableDataException e) {
            throw e.about(path, advice());
        } catch (ZipException | EOFException e) {
            throw damaged(e, "is not sound gzip (%s)".formatted(e.getMessage())).about(path, advice());
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(path, advice());
        }
    }

    private String advice() {
        return "delete it or replace it by the original, see " + manifest.homepage();
    }

    private IdxFile verifiedIdx(Path path, DataFile expected) throws IOException, UnusableDataException {
        List<Integer> dimensions = manifest.dimensions(expected);
        try (InputStream content = Gunzip.open(path)) {
            DigestInputStream digested = new DigestInputStream(content, Sha256.digest());
            IdxFile file = IdxFile.read(
                    digested, dimensions.size(), expected.bytes() - IdxFile.headerBytes(dimensions.size()));
            check(file, dimensions, expected);
            checkHash("sha256 of the content", digested.getMessageDigest().digest(), expected);
            return file;
        }
    }

    private Path verifiedArchive(Path path, DataFile expected) throws IOException, UnusableDataException {
        long length = Files.size(path);
        if (length > expected.bytes() || length < expected.bytes() && expected.role() != FileRole.DEVKIT) {
            throw damaged("is %d bytes long, the manifest says %d", length, expected.bytes());
        }
        if (known.has(path, expected.sha256())) {
            return path;
        }
        try (DigestInputStream digested = new DigestInputStream(Files.newInputStream(path), Sha256.digest())) {
            digested.transferTo(OutputStream.nullOutputStream());
            checkHash("sha256", digested.getMessageDigest().digest(), expected);
        }
        known.add(path, expected.sha256());
        return path;
    }

    private void check(IdxFile file, List<Integer> dimensions, DataFile expected) throws UnusableDataException {
        if (!file.dimensions().equals(dimensions)) {
            throw damaged("dimensions are %s, the manifest says %s", file.dimensions(), dimensions);
        }
        if (!expected.role().hasImages()) {
            checkLabels(file.values(), manifest.classes().size());
        }
    }

    private static void checkLabels(ByteBuffer labels, int classes) throws UnusableDataException {
        for (int i = 0; i < labels.limit(); i++) {
            int label = Byte.toUnsignedInt(labels.get(i));
            if (label >= classes) {
                throw damaged("label %d is %d, expected 0 to %d", i, label, classes - 1);
            }
        }
    }

    private static void checkHash(String what, byte[] found, DataFile expected) throws UnusableDataException {
        String sha256 = HexFormat.of().formatHex(found);
        if (!sha256.equals(expected.sha256())) {
            throw damaged("%s is %s, the manifest says %s", what, sha256, expected.sha256());
        }
    }
}
