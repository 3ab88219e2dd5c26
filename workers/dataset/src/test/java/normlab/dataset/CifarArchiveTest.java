package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import normlab.testkit.SilentContext;
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
        assertThat(data.train().pixels()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(5 * PART, 0)));
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(data.test().pixels()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(PART, 5 * PART)));
        assertThat(data.test().labels()).containsExactly(0, 1, 2);
    }

    @Test
    void cifar100HasItsFineLabels() throws Exception {
        OfficialData data = read(TinyCifar.hundred());
        assertThat(data.train().pixels()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(5 * PART, 0)));
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(data.test().labels()).containsExactly(0, 1, 2);
    }

    @Test
    void thePythonVersionsHaveTheSameImages() throws Exception {
        OfficialData ten = read(TinyCifar.pythonTen());
        assertThat(ten.train().select(new int[] {12, 13, 14}).pixels())
                .isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(PART, 0)));
        assertThat(ten.test().pixels()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(PART, 5 * PART)));
        OfficialData hundred = read(TinyCifar.pythonHundred());
        assertThat(hundred.train().pixels()).isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(5 * PART, 0)));
        assertThat(hundred.test().labels()).containsExactly(0, 1, 2);
    }

    @Test
    void everyWrappingOfTheSameImagesIsPreparedToTheSameBytes() throws Exception {
        byte[] original = TinyDataset.gzip(TinyCifar.ten().tar().bytes());
        DatasetManifest manifest = TinyCifar.ten().manifest(original);
        OfficialData expected = readAs(manifest, original);
        assertThat(expected.description()).startsWith("the published archive tiny.tar.gz");
        for (TinyCifar other : List.of(TinyCifar.hundred(), TinyCifar.pythonTen(), TinyCifar.pythonHundred())) {
            OfficialData same = readAs(manifest, other.tar().bytes());
            assertSame(same, expected);
            assertThat(same.description())
                    .contains("which is not the published file")
                    .contains("has the same images");
        }
        Path folders = folder.resolve("folders");
        TinyCifar.writeFolders(folders);
        assertSame(OfficialData.read(manifest, folders, VerifiedFiles.none(), new SilentContext()), expected);
    }

    private static void assertSame(OfficialData found, OfficialData expected) {
        assertThat(found.train().packed().pixels())
                .isEqualTo(expected.train().packed().pixels());
        assertThat(found.train().labels()).isEqualTo(expected.train().labels());
        assertThat(found.test().packed().pixels())
                .isEqualTo(expected.test().packed().pixels());
        assertThat(found.test().labels()).isEqualTo(expected.test().labels());
    }

    @Test
    void classFoldersWithAnotherImageAreRefusedWithItsName() throws Exception {
        Path folders = folder.resolve("folders");
        TinyCifar.writeFolders(folders);
        Files.write(folders.resolve("train/cat/z099.png"), new byte[] {1, 2, 3});
        DatasetManifest manifest = TinyCifar.ten().manifest(new byte[1]);
        assertThatThrownBy(() -> OfficialData.read(manifest, folders, VerifiedFiles.none(), new SilentContext()))
                .hasMessageContaining("train/cat/z099.png is not an image of a known format");
        Files.delete(folders.resolve("train/cat/z099.png"));
        assertThatThrownBy(() -> OfficialData.read(manifest, folders, VerifiedFiles.none(), new SilentContext()))
                .hasMessageContaining("has 14 training images, the manifest says 15");
    }

    @Test
    void aPickleThatCallsAnythingElseIsRefused() {
        refusedPickle(new PickleBytes().global("os", "system").text("x", "y").end(), "refers to 'os system' of Python");
        refusedPickle(new PickleBytes().opcodes('i').end(), "has the pickle opcode 0x69");
        refusedPickle(new PickleBytes().opcodes(0x93).end(), "has the pickle opcode 0x93");
        refusedPickle(new byte[] {'.'}, "is not a pickle of CIFAR");
        refusedPickle(new byte[] {'T', -1, -1, -1, 127, '.'}, "has a string of 2147483647 bytes");
    }

    private void refusedPickle(byte[] pickle, String message) {
        refused(TinyCifar.pythonTen().replace("batches.meta", pickle)).hasMessageContaining(message);
    }

    @Test
    void unpackedDataIsAnsweredWithWhatIsWanted() throws Exception {
        DatasetManifest manifest = TinyCifar.ten().manifest(new byte[1]);
        Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
        assertThatThrownBy(() -> OfficialData.read(manifest, folder, VerifiedFiles.none(), new SilentContext()))
                .hasMessageContaining("has none of: tiny.tar.gz; the folders train and test")
                .hasMessageContaining("it has cifar-10-batches-bin/, which is unpacked data")
                .hasMessageContaining("give the archive as it was published");
    }

    @Test
    void anArchiveThatIsNotCompressedIsReadToo() throws Exception {
        byte[] plain = TinyCifar.ten().tar().bytes();
        assertThat(readAs(TinyCifar.ten().manifest(plain), plain).train().count())
                .isEqualTo(5 * PART);
    }

    @Test
    void oneOtherPixelIsFoundByTheFingerprint() {
        byte[] records = TinyCifar.ten().member("data_batch_3.bin").clone();
        records[20] ^= 4;
        refused(TinyCifar.ten().replace("data_batch_3.bin", records))
                .hasMessageContaining("fingerprint of labels and pixels is ")
                .hasMessageContaining(TinyCifar.fingerprint());
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
        refused(tar).hasMessageContaining("contains cifar-10-batches-bin/test_batch.bin twice");
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
                .hasMessageContaining("contains 'zeros' of 50000000 bytes, expected at most");
        TinyCifar many = TinyCifar.ten();
        for (int i = 0; i < 20; i++) {
            many.further("zeros" + i, new byte[1_000_000]);
        }
        refused(many).hasMessageContaining("unpacks to more than");
        TinyCifar crowded = TinyCifar.ten();
        for (int i = 0; i < 100; i++) {
            crowded.further("empty" + i, new byte[0]);
        }
        refused(crowded).hasMessageContaining("contains more than 64 files");
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() {
        byte[] text = TinyCifar.text("<html>404 not found</html>");
        refusedAs(TinyCifar.ten().manifest(text), text).hasMessageContaining("see http://localhost/cifar");
    }

    /** In the order of the archive. */
    private OfficialData read(TinyCifar cifar) throws Exception {
        byte[] archive = TinyDataset.gzip(cifar.tar().bytes());
        return CifarArchive.read(cifar.manifest(archive), TinyCifar.write(folder, archive));
    }

    private OfficialData readAs(DatasetManifest manifest, byte[] stored) throws Exception {
        TinyCifar.write(folder, stored);
        return OfficialData.read(manifest, folder, VerifiedFiles.none(), new SilentContext());
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
