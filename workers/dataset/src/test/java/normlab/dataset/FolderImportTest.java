package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.trial.PreparedDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path images;

    @SuppressWarnings("NullAway.Init")
    private Path manifests;

    @BeforeEach
    void makeFolders() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        manifests = Files.createDirectory(folder.resolve("manifests"));
    }

    @Test
    void whatIsImportedIsPreparedFromTheStoreAlone() throws Exception {
        photos("train", 4, 8, 6);
        photos("test", 2, 8, 6);
        FolderImport.Imported imported = run(options("photos"));
        assertThat(imported.existed()).isFalse();
        assertThat(imported.manifest().classes()).containsExactly("cat", "dog", "oak tree");
        assertThat(imported.manifest().content().orElseThrow())
                .extracting(ImageContent::train, ImageContent::test, ImageContent::smallestClass)
                .containsExactly(12, 6, 4);
        assertThat(Files.readString(imported.file())).doesNotContain(folder.toString());
        deleteImages();
        PreparedDataset dataset = prepare(new DatasetSpec("photos", 3, 1), manifests);
        assertThat(List.of(dataset.height(), dataset.width(), dataset.channels()))
                .containsExactly(6, 8, 3);
        assertThat(dataset.train().count()).isEqualTo(9);
        assertThat(dataset.validation().count()).isEqualTo(3);
        assertThat(store.require(dataset.test().labelsKey())).containsExactlyInAnyOrder(0, 0, 1, 1, 2, 2);
        // A process without the manifest finds it in the store, as a coordinator in a cluster does.
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        assertThat(new DatasetCatalog(elsewhere, Optional.of(store)).load("photos"))
                .isEqualTo(imported.manifest());
    }

    @Test
    void namesAndContainersOfTheImagesDoNotChangeTheContent() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        DatasetManifest first = run(options("photos")).manifest();
        deleteImages();
        for (String part : List.of("train", "test")) {
            for (int label = 0; label < 3; label++) {
                for (int i = 0; i < (part.equals("train") ? 3 : 1); i++) {
                    Path file = file(part, label).resolve("other%d.bmp".formatted(9 - i));
                    ImageIO.write(photo(label, part, i, 8, 6), "bmp", file.toFile());
                }
            }
        }
        DatasetManifest other = run(options("again")).manifest();
        assertThat(other.content()).isEqualTo(first.content());
        DatasetSpec spec = new DatasetSpec("photos", 2, 1);
        DatasetCatalog catalog = new DatasetCatalog(manifests);
        assertThat(catalog.fingerprint(new DatasetSpec("again", 2, 1))).isEqualTo(catalog.fingerprint(spec));
        int before = store.list("datasets/sha256/").size();
        prepare(spec, manifests);
        int once = store.list("datasets/sha256/").size();
        prepare(new DatasetSpec("again", 2, 1), manifests);
        assertThat(once).isGreaterThan(before);
        assertThat(store.list("datasets/sha256/")).as("stored once").hasSize(once);
    }

    @Test
    void unusableFilesAreLeftOutOnRequestAndListed() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        byte[] whole = Files.readAllBytes(file("train", 0).resolve("0.png"));
        Files.write(file("train", 0).resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
        FolderImport.Imported imported =
                run(new ImportOptions("photos", Optional.empty(), Optional.empty(), 0.2, 1, true, "CC0-1.0"));
        assertThat(imported.manifest().trainCount()).isEqualTo(9);
        assertThat(imported.remarks())
                .anySatisfy(remark -> assertThat(remark).startsWith("left out: cannot be read: train/cat/half.png"));
    }

    @Test
    void aShareOfEachClassIsHeldOutByTheSeedWhereThereIsNoTestSet() throws Exception {
        photos("", 10, 8, 6);
        DatasetManifest manifest = run(options("photos")).manifest();
        assertThat(manifest.content().orElseThrow())
                .extracting(ImageContent::train, ImageContent::test, ImageContent::smallestClass)
                .containsExactly(24, 6, 8);
        DatasetManifest same = run(options("same")).manifest();
        assertThat(same.content()).isEqualTo(manifest.content());
        ImportOptions seed2 = new ImportOptions("other", Optional.empty(), Optional.empty(), 0.2, 2, false, "CC0-1.0");
        assertThat(run(seed2).manifest().content()).isNotEqualTo(manifest.content());
    }

    @Test
    void duplicatesAreCountedAndKept() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        Files.copy(file("train", 0).resolve("0.png"), file("train", 1).resolve("copy.png"));
        Files.copy(file("train", 0).resolve("1.png"), file("test", 0).resolve("copy.png"));
        assertThat(run(options("photos")).remarks())
                .containsExactly(
                        "duplicates: 1 training images repeat the pixels of another one, 1 of them with another class; 0 test images do; 1 test images are training images too");
    }

    @Test
    void anotherDatasetOfTheSameNameIsRefusedAndTheSameOneIsNot() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        run(options("photos"));
        assertThat(run(options("photos")).existed()).isTrue();
        ImageIO.write(
                photo(1, "more", 7, 8, 6),
                "png",
                file("train", 1).resolve("more.png").toFile());
        assertThatThrownBy(() -> run(options("photos")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("exists, and has other images");
    }

    @Test
    void largeImagesOfAnySizeAreKeptAsFilesAndStreamed() throws Exception {
        for (int label = 0; label < 3; label++) {
            for (int i = 0; i < 4; i++) {
                Path file = file(i < 3 ? "train" : "test", label).resolve(i + ".jpg");
                ImageIO.write(photo(label, "large", i, 150 + 10 * i, 140), "jpg", file.toFile());
            }
        }
        ImportOptions options = new ImportOptions(
                "photos", Optional.of(new ImportOptions.Size(144, 136)), Optional.empty(), 0.2, 1, false, "CC0-1.0");
        DatasetManifest manifest = run(options).manifest();
        assertThat(manifest.format()).isEqualTo(Format.IMAGE_FILES);
        assertThat(manifest.statistics()).isPresent();
        deleteImages();
        PreparedDataset dataset = prepare(new DatasetSpec("photos", 2, 1), manifests);
        assertThat(dataset.train().shards()).isPresent();
        assertThat(dataset.train().count()).isEqualTo(6);
        assertThat(dataset.test().count()).isEqualTo(3);
    }

    @Test
    void aStopLeavesNoManifest() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        for (int questions = 0; questions < 3; questions++) {
            Diary impatient = new Diary(questions);
            assertThatThrownBy(() -> run(options("photos"), impatient)).isInstanceOf(TaskInProgress.class);
            assertThat(manifests).isEmptyDirectory();
        }
        assertThat(folder.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void aContactSheetShowsEveryClass() throws Exception {
        photos("train", 3, 8, 6);
        photos("test", 1, 8, 6);
        DatasetManifest manifest = run(options("photos")).manifest();
        byte[] png = ContactSheet.of(manifest, ImportedImages.open(store, manifest));
        BufferedImage sheet = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(sheet.getHeight()).isEqualTo(3 * 68 + 4);
        // The middle of the first cat: as red as it was painted.
        assertThat(sheet.getRGB(4 + 150 + 32, 4 + 32) >> 16 & 0xFF).isBetween(200, 255);
    }

    private ImportOptions options(String name) {
        return new ImportOptions(name, Optional.empty(), Optional.empty(), 0.2, 1, false, "CC0-1.0");
    }

    private FolderImport.Imported run(ImportOptions options) throws Exception {
        return run(options, new SilentContext());
    }

    private FolderImport.Imported run(ImportOptions options, TaskContext context) throws Exception {
        try (FolderImport read = read(options, context)) {
            return read.write(store);
        }
    }

    private FolderImport read(ImportOptions options, TaskContext context) throws Exception {
        return FolderImport.read(images, options, manifests, folder.resolve("scratch"), context);
    }

    private PreparedDataset prepare(DatasetSpec spec, Path manifests) throws Exception {
        DatasetCatalog catalog = new DatasetCatalog(manifests);
        PrepareDatasetOutput output = new PrepareDataset(
                        catalog, store, new DataFolders(Optional.empty(), folder.resolve("cache")))
                .run(new PrepareDatasetInput(spec, catalog.fingerprint(spec)), new SilentContext());
        String key = output.prefix() + "/manifest.json";
        return Json.read(store.require(key), PreparedDataset.class, key);
    }

    private void photos(String part, int each, int width, int height) throws IOException {
        for (int label = 0; label < 3; label++) {
            for (int i = 0; i < each; i++) {
                ImageIO.write(
                        photo(label, part, i, width, height),
                        "png",
                        file(part, label).resolve(i + ".png").toFile());
            }
        }
    }

    private Path file(String part, int label) throws IOException {
        return Files.createDirectories(
                images.resolve(part).resolve(List.of("cat", "dog", "oak tree").get(label)));
    }

    /** Red, green or blue by class, with a pattern by part and number. */
    private static BufferedImage photo(int label, String part, int number, int width, int height) {
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pattern = (x * 5 + y * 7 + number * 13 + part.length() * 3) % 40;
                photo.setRGB(x, y, (255 - pattern) << 8 * (2 - label));
            }
        }
        return photo;
    }

    private void deleteImages() throws IOException {
        try (Stream<Path> all = Files.walk(images)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        Files.createDirectory(images);
    }
}
