package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CifarArchiveTest {
    private static final int PART = TinyCifar.PART;

    @TempDir
    private Path folder;

    @Test
    void cifar10ComesOutInTheOrderOfItsBatchesWithChannelsFastest() throws Exception {
        OfficialData data = read(TinyCifar.ten());
        assertThat(data.train().images()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(5 * PART, 0)));
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(data.test().images()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(PART, 5 * PART)));
        assertThat(data.test().labels()).containsExactly(0, 1, 2);
    }

    @Test
    void cifar100HasItsFineLabels() throws Exception {
        OfficialData data = read(TinyCifar.hundred());
        assertThat(data.train().images()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(5 * PART, 0)));
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(data.test().labels()).containsExactly(0, 1, 2);
    }

    @Test
    void unpackedDataIsAnsweredWithWhatIsWanted() throws Exception {
        DatasetManifest manifest = TinyCifar.ten().manifest(new byte[1]);
        Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        assertThatThrownBy(() -> OfficialData.read(manifest, folder, VerifiedFiles.none()))
                .hasMessageContaining("lacks tiny.tar.gz")
                .hasMessageContaining("it holds cifar-10-batches-bin, which is unpacked data")
                .hasMessageContaining("the archive itself is wanted");
    }

    @Test
    void anArchiveThatIsNotCompressedIsReadToo() throws Exception {
        byte[] plain = TinyCifar.ten().tar().bytes();
        assertThat(readAs(TinyCifar.ten().manifest(plain), plain).train().count())
                .isEqualTo(5 * PART);
    }

    @Test
    void oneFlippedBitIsFoundByTheHashBeforeAnythingIsUnpacked() {
        byte[] archive = TinyDataset.gzip(TinyCifar.ten().tar().bytes());
        DatasetManifest manifest = TinyCifar.ten().manifest(archive);
        byte[] flipped = archive.clone();
        flipped[flipped.length / 2] ^= 4;
        refusedAs(manifest, flipped)
                .hasMessageContaining("sha256 is ")
                .hasMessageContaining(manifest.file(FileRole.ARCHIVE).sha256());
    }

    @Test
    void aTruncatedArchiveIsRefusedByItsLength() {
        byte[] archive = TinyDataset.gzip(TinyCifar.ten().tar().bytes());
        refusedAs(TinyCifar.ten().manifest(archive), Arrays.copyOf(archive, archive.length - 1))
                .hasMessageContaining(
                        "is %d bytes long, the manifest says %d".formatted(archive.length - 1, archive.length));
    }

    @Test
    void anArchiveThatWasBrokenOffBeforeItWasHashedIsRefusedWhereverItEnds() {
        byte[] plain = TinyCifar.ten().tar().bytes();
        int content = plain.length - 2 * 512;
        for (int length = 1; length < content - 1024; length += 499) {
            byte[] cut = Arrays.copyOf(plain, length);
            refusedAs(TinyCifar.ten().manifest(cut), cut);
        }
        byte[] packed = TinyDataset.gzip(plain);
        for (int length = 1; length < packed.length; length += 41) {
            byte[] cut = Arrays.copyOf(packed, length);
            refusedAs(TinyCifar.ten().manifest(cut), cut);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data_batch_4.bin", "test_batch.bin", "batches.meta.txt"})
    void aMissingMemberIsNamed(String member) {
        refused(TinyCifar.ten().without(member)).hasMessageContaining("has no file cifar-10-batches-bin/" + member);
    }

    @Test
    void aMemberOfAnotherLengthIsNamed() {
        byte[] longer = Arrays.copyOf(TinyCifar.ten().member("data_batch_2.bin"), 58);
        refused(TinyCifar.ten().replace("data_batch_2.bin", longer))
                .hasMessageContaining("data_batch_2.bin is 58 bytes long, expected 3 images of 19 bytes");
    }

    @Test
    void aLabelThatNoClassHasIsNamedWithItsPlace() {
        byte[] records = TinyCifar.ten().member("test_batch.bin").clone();
        records[2 * 19] = (byte) 250;
        refused(TinyCifar.ten().replace("test_batch.bin", records))
                .hasMessageContaining("test_batch.bin: label 2 is 250, expected 0 to 2");
    }

    @Test
    void otherClassesThanTheManifestsAreRefused() {
        refused(TinyCifar.hundred().replace("fine_label_names.txt", TinyCifar.text("dog\ncat\noak_tree\n")))
                .hasMessageContaining("names the classes [dog, cat, oak_tree], the manifest [cat, dog, oak_tree]");
    }

    @Test
    void aMemberThatIsThereTwiceIsRefused() {
        TarFile tar = TinyCifar.ten().tar().with("cifar-10-batches-bin/test_batch.bin", new byte[57]);
        refused(tar).hasMessageContaining("holds cifar-10-batches-bin/test_batch.bin twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/passwd", "cifar-10-batches-bin/../../evil", "a\\..\\evil", ".."})
    void aNameThatLeadsOutOfTheFolderIsRefused(String name) {
        refused(TinyCifar.ten().further(name, new byte[1])).hasMessageContaining("expected a name inside");
    }

    @Test
    void linksAndDevicesAreRefused() {
        refused(TinyCifar.ten().tar().withLink("link", "/etc/passwd", true)).hasMessageContaining("which is a link");
        refused(TinyCifar.ten().tar().withLink("hard", "/etc/passwd", false)).hasMessageContaining("which is a link");
        refused(TinyCifar.ten().tar().withDevice("null")).hasMessageContaining("a device");
    }

    @Test
    void aBombIsNotUnpacked() {
        refused(TinyCifar.ten().further("zeros", new byte[50_000_000]))
                .hasMessageContaining("holds 'zeros' of 50000000 bytes, expected at most");
        TinyCifar many = TinyCifar.ten();
        for (int i = 0; i < 20; i++) {
            many.further("zeros" + i, new byte[1_000_000]);
        }
        refused(many).hasMessageContaining("unpacks to more than");
        TinyCifar crowded = TinyCifar.ten();
        for (int i = 0; i < 100; i++) {
            crowded.further("empty" + i, new byte[0]);
        }
        refused(crowded).hasMessageContaining("holds more than 64 files");
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() {
        byte[] text = TinyCifar.text("<html>404 not found</html>");
        refusedAs(TinyCifar.ten().manifest(text), text).hasMessageContaining("see http://localhost/cifar");
    }

    private OfficialData read(TinyCifar cifar) throws Exception {
        byte[] archive = TinyDataset.gzip(cifar.tar().bytes());
        return readAs(cifar.manifest(archive), archive);
    }

    private OfficialData readAs(DatasetManifest manifest, byte[] stored) throws IOException, UnusableDataException {
        TinyCifar.write(folder, stored);
        return OfficialData.read(manifest, folder, VerifiedFiles.none());
    }

    private AbstractThrowableAssert<?, ?> refused(TinyCifar cifar) {
        byte[] archive = TinyDataset.gzip(cifar.tar().bytes());
        return refusedAs(cifar.manifest(archive), archive);
    }

    private AbstractThrowableAssert<?, ?> refused(TarFile tar) {
        byte[] archive = TinyDataset.gzip(tar.bytes());
        return refusedAs(TinyCifar.ten().manifest(archive), archive);
    }

    private AbstractThrowableAssert<?, ?> refusedAs(DatasetManifest manifest, byte[] stored) {
        return assertThatThrownBy(() -> readAs(manifest, stored))
                .as("%d bytes", stored.length)
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.DAMAGED))
                .hasMessageStartingWith("[" + folder.resolve("tiny.tar.gz") + "]");
    }
}
