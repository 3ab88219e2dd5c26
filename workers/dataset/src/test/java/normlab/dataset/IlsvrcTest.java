package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import normlab.dataset.shard.ShardFile;
import normlab.dataset.shard.ShardStream;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.trial.PreparedDataset;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IlsvrcTest {
    private static final DatasetSpec SPEC = new DatasetSpec("tiny-ilsvrc", 5, 1);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @TempDir
    private Path folder;

    @Test
    void trainingImagesAreFoundClassByClassInTheArchiveOfArchives() throws Exception {
        try (IlsvrcArchives archives = open(new TinyIlsvrc())) {
            ImageIndex index = archives.train().index();
            assertThat(index.labels()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2);
            assertThat(archives.train().read(7)).isEqualTo(TinyIlsvrc.image(1, 2));
            assertThat(archives.train().read(15)).isEqualTo(TinyIlsvrc.image(2, 6));
        }
    }

    @Test
    void testImagesComeInTheirOrderWithTheClassesOfTheDevkit() throws Exception {
        try (IlsvrcArchives archives = open(new TinyIlsvrc())) {
            // The kit's numbers 3, 3, 1, 2 are the classes 0, 0, 1, 2 by name.
            assertThat(archives.test().index().labels()).containsExactly(0, 0, 1, 2);
            assertThat(archives.test().read(2)).isEqualTo(TinyIlsvrc.image(1, 53));
        }
    }

    @Test
    void aClassThatIsMissingOrUnknownIsNamed() {
        refused(new TinyIlsvrc().withoutTrain("n02105855.tar")).hasMessageContaining("has no file n02105855.tar");
        byte[] tar = new TarFile().with("x.JPEG", new byte[1]).bytes();
        refused(new TinyIlsvrc().train("n99999999.tar", tar))
                .hasMessageContaining("[n99999999.tar], which is not a class");
    }

    @Test
    void anInnerArchiveThatIsDamagedOrHostileIsRefused() {
        refused(new TinyIlsvrc().train("n02105855.tar", new byte[2000])).hasMessageContaining("train.tar");
        byte[] hostile = new TarFile().with("../../evil.JPEG", new byte[1]).bytes();
        refused(new TinyIlsvrc().train("n02105855.tar", hostile)).hasMessageContaining("named '../../evil.JPEG'");
        byte[] link =
                new TarFile().withLink("n02105855_1.JPEG", "/etc/passwd", true).bytes();
        refused(new TinyIlsvrc().train("n02105855.tar", link)).hasMessageContaining("which is a link");
    }

    @Test
    void anotherNumberOfImagesThanTheManifestsIsRefused() {
        byte[] one =
                new TarFile().with("n02105855_1.JPEG", TinyIlsvrc.image(1, 0)).bytes();
        refused(new TinyIlsvrc().train("n02105855.tar", one))
                .hasMessageContaining("contains 13 images, the manifest says 16");
    }

    @Test
    void aTestImageThatIsMissingOrUnknownIsNamed() {
        refused(new TinyIlsvrc().withoutTest("ILSVRC2012_val_00000003.JPEG"))
                .hasMessageContaining("has no validation image 3");
        refused(new TinyIlsvrc().test("ILSVRC2012_val_00000005.JPEG", new byte[1]))
                .hasMessageContaining("expected one of 4 validation images");
        refused(new TinyIlsvrc().test("notes.txt", new byte[1])).hasMessageContaining("contains 'notes.txt'");
    }

    @Test
    void aDevkitOfOtherClassesOrWithWrongLabelsIsRefused() {
        refused(new TinyIlsvrc().truth(3, 3, 1, 1001)).hasMessageContaining("class is '1001'");
        refused(new TinyIlsvrc().truth(3, 3, -1, 2)).hasMessageContaining("class is '-1'");
        refused(new TinyIlsvrc().synsets("n01440764", "n02105855", "n00000000"))
                .hasMessageContaining("has the class 'n00000000', which the manifest lacks");
        refused(new TinyIlsvrc().synsets("n01440764", "n02105855"))
                .hasMessageContaining("has 2 classes, the manifest 3");
    }

    @Test
    void truncatedArchivesAreRefused() throws Exception {
        DatasetManifest manifest = new TinyIlsvrc().writeTo(folder);
        for (String name : List.of("train.tar", "val.tar", "devkit.tar.gz")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> DatasetContent.read(manifest, folder, VerifiedFiles.none(), new SilentContext()))
                    .isInstanceOf(UnusableDataException.class)
                    .hasMessageContaining(name);
            Files.write(folder.resolve(name), whole);
        }
    }

    @Test
    void theOrderOfTheClassesDecidesTheLabelsAndSoTheFingerprint() throws Exception {
        DatasetSpec spec = new DatasetSpec("tiny-ilsvrc", 5, 1);
        String before = new TinyIlsvrc().catalogIn(folder).fingerprint(spec);
        Path manifest = folder.resolve("tiny-ilsvrc.yaml");
        String text = Files.readString(manifest);
        String reversed = text.replace(
                "[\"n01440764\",\"n02105855\",\"n15075141\"]", "[\"n15075141\",\"n02105855\",\"n01440764\"]");
        assertThat(reversed).isNotEqualTo(text);
        Files.writeString(manifest, reversed);
        assertThat(new DatasetCatalog(folder).fingerprint(spec)).isNotEqualTo(before);
    }

    @Test
    void preparationWritesShardsOfTheChosenImagesAsTheyAre() throws Exception {
        PreparedDataset dataset = prepare();
        // At most five of each class, of which the last image is kept for validation: 4 + 3 + 5.
        assertThat(dataset.train().count()).isEqualTo(12);
        assertThat(dataset.validation().count()).isEqualTo(3);
        assertThat(dataset.test().count()).isEqualTo(4);
        assertThat(samples(dataset, "train"))
                .extracting(ShardFile.Sample::label)
                .containsExactlyInAnyOrder(0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2);
        assertThat(samples(dataset, "validation"))
                .extracting(ShardFile.Sample::image)
                .containsExactly(TinyIlsvrc.image(0, 4), TinyIlsvrc.image(1, 3), TinyIlsvrc.image(2, 6));
        assertThat(samples(dataset, "test")).extracting(ShardFile.Sample::label).containsExactly(0, 0, 1, 2);
    }

    @Test
    void aSecondPreparationWritesTheSameBytesAndAThirdReusesThem() throws Exception {
        PreparedDataset first = prepare();
        DatasetCatalog catalog = new DatasetCatalog(folder);
        DataFolders folders = new DataFolders(Optional.empty(), folder.resolve("cache"));
        PrepareDatasetInput input = new PrepareDatasetInput(SPEC, catalog.fingerprint(SPEC));
        InMemoryArtifactStore other = new InMemoryArtifactStore();
        PrepareDatasetOutput again = new PrepareDataset(catalog, other, folders).run(input, new SilentContext());
        assertThat(again.reused()).isFalse();
        assertThat(Json.read(other.require(again.prefix() + "/manifest.json"), PreparedDataset.class, "manifest"))
                .isEqualTo(first);
        assertThat(new PrepareDataset(catalog, other, folders)
                        .run(input, new SilentContext())
                        .reused())
                .isTrue();
        other.delete(first.train().keys().getFirst());
        assertThat(new PrepareDataset(catalog, other, folders)
                        .run(input, new SilentContext())
                        .reused())
                .isFalse();
    }

    @Test
    void whatWasPreparedStreamsBackDecoded() throws Exception {
        PreparedDataset dataset = prepare();
        int[] labels = new int[10];
        byte[] pixels = new byte[10 * 8 * 8 * 3];
        try (ShardStream stream = new ShardStream(store, dataset, "test", Optional.empty(), 2)) {
            assertThat(stream.next(pixels, labels)).isEqualTo(4);
            assertThat(stream.next(pixels, labels)).isZero();
        }
        assertThat(labels).startsWith(0, 0, 1, 2);
        // Test image 4 is of class 2 and place 54: grey of 228.
        assertThat(Byte.toUnsignedInt(pixels[3 * 8 * 8 * 3])).isBetween(226, 230);
    }

    @Test
    void anArchiveIsHashedOnceAndAgainWhenItChanges() throws Exception {
        DatasetManifest manifest = new TinyIlsvrc().writeTo(folder.resolve("data"));
        DataFolders folders = new DataFolders(Optional.empty(), folder.resolve("cache"));
        Path archive = folder.resolve("data/train.tar");
        DatasetContent.read(manifest, folder.resolve("data"), VerifiedFiles.in(folders), new SilentContext())
                .close();
        String sha256 = manifest.file(FileRole.TRAIN_ARCHIVE).sha256();
        assertThat(VerifiedFiles.in(folders).has(archive, sha256)).isTrue();
        byte[] changed = Files.readAllBytes(archive);
        changed[600] ^= 1;
        Files.write(archive, changed);
        Files.setLastModifiedTime(archive, FileTime.fromMillis(1));
        assertThat(VerifiedFiles.in(folders).has(archive, sha256)).isFalse();
        assertThatThrownBy(() -> DatasetContent.read(
                        manifest, folder.resolve("data"), VerifiedFiles.in(folders), new SilentContext()))
                .hasMessageContaining("sha256 is");
    }

    private IlsvrcArchives open(TinyIlsvrc tiny) throws Exception {
        return (IlsvrcArchives)
                DatasetContent.read(tiny.writeTo(folder), folder, VerifiedFiles.none(), new SilentContext());
    }

    private AbstractThrowableAssert<?, ?> refused(TinyIlsvrc tiny) {
        return assertThatThrownBy(() -> open(tiny).close())
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.DAMAGED));
    }

    private PreparedDataset prepare() throws Exception {
        DatasetCatalog catalog = new TinyIlsvrc().catalogIn(folder);
        DataFolders folders = new DataFolders(Optional.empty(), folder.resolve("cache"));
        PrepareDatasetOutput output = new PrepareDataset(catalog, store, folders)
                .run(new PrepareDatasetInput(SPEC, catalog.fingerprint(SPEC)), new SilentContext());
        String key = output.prefix() + "/manifest.json";
        return Json.read(store.require(key), PreparedDataset.class, key);
    }

    private List<ShardFile.Sample> samples(PreparedDataset dataset, String part) {
        List<ShardFile.Sample> samples = new ArrayList<>();
        dataset.part(part)
                .keys()
                .forEach(key ->
                        samples.addAll(ShardFile.decode(store.require(key), key).samples()));
        return samples;
    }
}
