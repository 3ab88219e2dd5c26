package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCatalogTest {
    static final Path DATASETS = Path.of("../../datasets");
    private static final DatasetSpec SPEC = new DatasetSpec("tiny", 2, 1);

    private final TinyDataset tiny = new TinyDataset();

    @TempDir
    private Path folder;

    @Test
    void theRepositorysManifestsAreAllSound() {
        DatasetCatalog catalog = new DatasetCatalog(DATASETS);
        assertThat(catalog.names())
                .contains(
                        "cifar-10",
                        "cifar-100",
                        "fashion-mnist",
                        "fashion-mnist-sample",
                        "ilsvrc2012",
                        "synthetic-cifar");
        catalog.names().forEach(name -> assertThat(catalog.load(name).name()).isEqualTo(name));
        assertThat(catalog.load("fashion-mnist").sources())
                .extracting(source -> source.getClass().getSimpleName())
                .containsExactly("NamedFolder", "Folder", "Cache", "Download", "Download", "DebianPackage");
    }

    @Test
    void theFingerprintOfTheQuickExperimentStaysWhatItIs() {
        // Changes only on purpose: every cached result hangs on it.
        assertThat(new DatasetCatalog(DATASETS).fingerprint(new DatasetSpec("fashion-mnist", 1024, 500)))
                .isEqualTo("f91a3387409fd1dd6222b930ec492a0b70ff4f5e49937a6bb4e5e65e5ae01235");
    }

    @Test
    void anUnknownDatasetIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> new DatasetCatalog(DATASETS).load("fashion-mnits"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[dataset fashion-mnits]")
                .hasMessageContaining("did you mean fashion-mnist?");
    }

    @Test
    void aNameCannotLeadOutOfTheFolder() throws IOException {
        tiny.catalogIn(folder, new Source.Cache());
        DatasetCatalog inner = new DatasetCatalog(Files.createDirectory(folder.resolve("inner")));
        assertThatThrownBy(() -> inner.load("../tiny")).hasMessageContaining("has no manifest");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new DatasetCatalog(folder.resolve("none")).names())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve("none").toString());
    }

    @Test
    void theFingerprintChangesWithWhateverChangesTheSamples() throws IOException {
        String before = tiny.catalogIn(folder, new Source.Cache()).fingerprint(SPEC);
        assertThat(before).matches("[0-9a-f]{64}");
        assertThat(fingerprint(new DatasetSpec("tiny", 1, 1))).isNotEqualTo(before);
        assertThat(fingerprint(new DatasetSpec("tiny", 2, 2))).isNotEqualTo(before);
        String sha256 =
                tiny.manifest(new Source.Cache()).file(FileRole.TEST_LABELS).sha256();
        edit(sha256, "0".repeat(64));
        assertThat(fingerprint(SPEC)).isNotEqualTo(before);
        edit("0".repeat(64), sha256);
        assertThat(fingerprint(SPEC)).isEqualTo(before);
        edit("\"height\":2", "\"height\":3");
        edit("\"width\":3", "\"width\":2");
        assertThat(fingerprint(SPEC)).isNotEqualTo(before);
    }

    @Test
    void theFingerprintDoesNotChangeWithWordsAndSources() throws IOException {
        String before = tiny.catalogIn(folder, new Source.Cache()).fingerprint(SPEC);
        edit("\"title\":\"Tiny\"", "\"title\":\"Very tiny\"");
        edit("{\"kind\":\"cache\"}", "{\"kind\":\"named-folder\"}");
        assertThat(fingerprint(SPEC)).isEqualTo(before);
    }

    @Test
    void aSplitThatCannotFitIsRefusedWithoutTheData() throws IOException {
        DatasetCatalog catalog = tiny.catalogIn(folder, new Source.Cache());
        assertThatThrownBy(() -> catalog.fingerprint(new DatasetSpec("tiny", 3, 2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("need 15 training images, and it has 12");
        assertThat(catalog.fingerprint(new DatasetSpec("tiny", 3, 1))).isNotEmpty();
    }

    private String fingerprint(DatasetSpec spec) {
        return new DatasetCatalog(folder).fingerprint(spec);
    }

    private void edit(String from, String to) throws IOException {
        Path file = folder.resolve("tiny.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
        assertThat(Json.parse(Files.readAllBytes(file), "manifest").isObject()).isTrue();
    }
}
