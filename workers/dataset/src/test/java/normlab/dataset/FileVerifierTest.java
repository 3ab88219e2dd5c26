package normlab.dataset;

import static normlab.dataset.FileRole.TRAIN_IMAGES;
import static normlab.dataset.FileRole.TRAIN_LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVerifierTest {
    private final TinyDataset tiny = new TinyDataset();
    private final DatasetManifest manifest = tiny.manifest(new Source.Cache());

    @TempDir
    private Path folder;

    @Test
    void rawAndGzipOfAnyNameAreTheSameFile() throws Exception {
        byte[] content = tiny.content(TRAIN_IMAGES);
        for (byte[] stored : new byte[][] {content, TinyDataset.gzip(content)}) {
            Path file = Files.write(folder.resolve("file.gz"), stored);
            assertThat(read(file, TRAIN_IMAGES).values()).isEqualTo(ByteBuffer.wrap(TinyDataset.pixels(12, 0)));
        }
    }

    @Test
    void oneWrongPixelIsFoundByTheHash() {
        byte[] content = tiny.content(TRAIN_IMAGES).clone();
        content[20] ^= 1;
        refused(content, TRAIN_IMAGES)
                .hasMessageContaining("sha256 of the content is ")
                .hasMessageContaining(
                        ", the manifest says " + manifest.file(TRAIN_IMAGES).sha256());
    }

    @Test
    void theMessageNamesTheFileAndWhatToDo() {
        refused(new byte[] {9, 9, 9, 9, 9}, TRAIN_IMAGES)
                .hasMessage(
                        "[%s] magic number is 0x09090909, expected 0x00000803; delete it or replace it by the original, see http://localhost/tiny",
                        folder.resolve("file"));
    }

    @Test
    void sidesThatAreSwappedAreRefused() {
        refused(TinyDataset.idx(TinyDataset.pixels(12, 0), 12, 3, 2), TRAIN_IMAGES)
                .hasMessageContaining("dimensions are [12, 3, 2], the manifest says [12, 2, 3]");
    }

    @Test
    void aWrongCountIsRefused() {
        refused(TinyDataset.idx(TinyDataset.pixels(11, 0), 11, 2, 3), TRAIN_IMAGES)
                .hasMessageContaining("dimensions are [11, 2, 3], the manifest says [12, 2, 3]");
        refused(TinyDataset.idx(TinyDataset.pixels(13, 0), 13, 2, 3), TRAIN_IMAGES)
                .hasMessageContaining("makes 78 values; expected 1 to 72 in all");
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsPlace() {
        byte[] labels = TinyDataset.TRAIN_LABELS.clone();
        labels[7] = (byte) 200;
        refused(TinyDataset.idx(labels, 12), TRAIN_LABELS).hasMessageContaining("label 7 is 200, expected 0 to 2");
    }

    @Test
    void truncatedGzipIsRefusedWhereverItEnds() throws Exception {
        byte[] packed = TinyDataset.gzip(tiny.content(TRAIN_IMAGES));
        for (int length = 3; length < packed.length; length++) {
            refused(Arrays.copyOf(packed, length), TRAIN_IMAGES).hasMessageContaining("gzip");
        }
        refused(Arrays.copyOf(packed, packed.length / 2), TRAIN_IMAGES).hasMessageContaining("is not sound gzip");
    }

    @Test
    void damagedGzipIsRefused() {
        byte[] packed = TinyDataset.gzip(tiny.content(TRAIN_IMAGES));
        packed[packed.length - 6] ^= 1;
        refused(packed, TRAIN_IMAGES).hasMessageContaining("is not sound gzip (Corrupt GZIP trailer)");
    }

    @Test
    void gzipThatUnpacksToFarTooMuchIsNotUnpacked() {
        byte[] bomb = Arrays.copyOf(tiny.content(TRAIN_IMAGES), 50_000_000);
        refused(TinyDataset.gzip(bomb), TRAIN_IMAGES).hasMessageContaining("has trailing bytes after the 72 values");
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(new byte[0], TRAIN_IMAGES).hasMessageContaining("is empty");
    }

    @Test
    void aFolderInPlaceOfAFileIsRefused() {
        assertThatThrownBy(() -> read(folder, TRAIN_IMAGES)).hasMessageContaining("is a folder, expected a file");
    }

    @Test
    void aLinkThatLeadsNowhereCannotBeRead() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("link"));
        assertThatThrownBy(() -> read(link, TRAIN_IMAGES))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("cannot be read (");
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("secret"), tiny.content(TRAIN_IMAGES));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertThatThrownBy(() -> read(file, TRAIN_IMAGES))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("AccessDenied");
    }

    private IdxFile read(Path file, FileRole role) throws UnusableDataException {
        return new FileVerifier(manifest, VerifiedFiles.none()).read(file, manifest.file(role));
    }

    private AbstractThrowableAssert<?, ?> refused(byte[] stored, FileRole role) {
        return assertThatThrownBy(() -> read(write(stored), role))
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.DAMAGED));
    }

    private Path write(byte[] stored) throws IOException {
        return Files.write(folder.resolve("file"), stored);
    }
}
