package normlab.app.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import normlab.app.cli.Shell;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.FolderImport;
import normlab.dataset.ImportOptions;
import normlab.dataset.PrepareDataset;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's folder of three classes, PNG and JPEG mixed, one file broken: from the import to the plan and the samples. */
class OwnImagesTest {
    private static final List<String> CLASSES = List.of("cat", "dog", "owl");
    private static final Path REPOSITORY =
            Path.of(System.getProperty("normlab.home")).toAbsolutePath();

    private final ArtifactStore store = new InMemoryArtifactStore();

    @TempDir
    private Path home;

    @BeforeEach
    void writeThePhotos() throws IOException {
        copy(REPOSITORY.resolve("workflows/experiments"), home.resolve("workflows/experiments"));
        copy(REPOSITORY.resolve("workflows/claims"), home.resolve("workflows/claims"));
        Files.createDirectory(home.resolve("datasets"));
        for (int label = 0; label < CLASSES.size(); label++) {
            Path folder = Files.createDirectories(home.resolve("photos").resolve(CLASSES.get(label)));
            for (int i = 0; i < 20; i++) {
                BufferedImage photo = new BufferedImage(30 + i, 40, BufferedImage.TYPE_INT_RGB);
                for (int pixel = 0; pixel < photo.getWidth() * 40; pixel++) {
                    photo.setRGB(
                            pixel % photo.getWidth(), pixel / photo.getWidth(), (label + 1) * 4_000_000 + pixel * i);
                }
                String format = i % 2 == 0 ? "png" : "jpg";
                ImageIO.write(photo, format, folder.resolve(i + "." + format).toFile());
            }
        }
        Path broken = home.resolve("photos/owl/7.jpg");
        byte[] whole = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
    }

    @Test
    void aFolderIsPlannedAndPreparedAfterOneCommandThatNamesAllProblems() throws Exception {
        assertThatThrownBy(() -> imported(Optional.empty(), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cannot be read: owl/7.jpg ")
                .hasMessageContaining("or leave them out with --skip-unusable")
                .hasMessageContaining("state what they are scaled to: --resize 32x32");
        imported(Optional.of(new ImportOptions.Size(32, 32)), true);
        String dataset = "dataset={name: photos, trainPerClass: 14, validationPerClass: 1}";
        Shell.Answer plan = new Shell(home.resolve("data")).in(home).run("plan", "smoke", "--set", dataset);
        assertThat(plan.exitCode()).as(plan.err()).isZero();
        assertThat(plan.out()).contains("sigmoid-cbn-s2");
        DatasetCatalog catalog = new DatasetCatalog(home.resolve("datasets"));
        DatasetSpec spec = new DatasetSpec("photos", 14, 1);
        PrepareDatasetOutput prepared = new PrepareDataset(
                        catalog, store, new DataFolders(Optional.empty(), home.resolve("cache")))
                .run(new PrepareDatasetInput(spec, catalog.fingerprint(spec)), new SilentContext());
        // 20, 20 and 19 images, of which 4 each are for the test and 1 each for validation.
        assertThat(prepared.train()).isEqualTo(14 + 14 + 14);
        assertThat(prepared.test()).isEqualTo(12);
    }

    @Test
    void aBrokenFolderIsRefusedWithItsProblemsBeforeAnyServerStarts() {
        Path data = home.resolve("data");
        Shell.Answer answer = new Shell(data)
                .in(home)
                .run("data", "import", home.resolve("photos").toString(), "--name", "photos");
        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.err()).contains("cannot be read: owl/7.jpg ").contains("--resize 32x32");
        assertThat(data.resolve("stack")).doesNotExist();
    }

    private void imported(Optional<ImportOptions.Size> resize, boolean skip) throws Exception {
        ImportOptions options = new ImportOptions("photos", resize, Optional.empty(), 0.2, 1, skip, "CC0-1.0");
        try (FolderImport images = FolderImport.read(
                home.resolve("photos"),
                options,
                home.resolve("datasets"),
                home.resolve("cache"),
                new SilentContext())) {
            images.write(store);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
