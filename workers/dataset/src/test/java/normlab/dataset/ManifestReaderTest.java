package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void takeTheRealManifest() throws IOException {
        file = Files.copy(
                DatasetCatalogTest.DATASETS.resolve("fashion-mnist.yaml"), folder.resolve("fashion-mnist.yaml"));
    }

    @Test
    void everyProblemOfShapeIsReportedAtOnce() throws IOException {
        edit("height: 28", "hight: 28");
        edit("count: 60000", "count: many");
        edit("kind: cache", "kind: cash");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "height is missing",
                        "hight is not known here; did you mean height?",
                        "files[0].count is \"many\", expected a whole number",
                        "files[1].count is \"many\", expected a whole number",
                        "sources[2].kind is \"cash\", expected one of cache, debian-package, download, folder, imported, named-folder, synthetic");
    }

    @Test
    void everyProblemOfContentIsReportedAtOnce() throws IOException {
        edit("channels: 1", "channels: 2");
        edit("role: test-labels", "role: test-images");
        edit("0402a96d", "0402A96D");
        edit("bytes: 60008", "bytes: 60007");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "channels is 2, expected 1 (grey) or 3 (red, green, blue)",
                        "files has 2 with role TEST_IMAGES, expected 1",
                        "files has 0 with role TEST_LABELS, expected 1",
                        "files: bytes of t10k-images-idx3-ubyte is 7840016, expected 15680020 for 10000 items",
                        "files: bytes of train-images-idx3-ubyte is 47040016, expected 94080020 for 60000 items",
                        "files: bytes of t10k-labels-idx1-ubyte is 10008, expected 15680020 for 10000 items",
                        "files: bytes of train-labels-idx1-ubyte is 60007, expected 60008 for 60000 items",
                        "files: sha256 of t10k-labels-idx1-ubyte is '0402A96D92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34', expected 64 lower-case hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../train", "/etc/passwd", "..", "a/b", ".hidden", "-rf", "train.gz"})
    void aFileNameThatIsNoPlainNameIsRefused(String name) throws IOException {
        edit("name: train-images-idx3-ubyte", "name: " + name);
        assertThat(problems()).singleElement().asString().contains("files: name is '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "a/../../b", "..", "./a"})
    void aFolderWithDotsIsRefused(String path) throws IOException {
        edit("path: /usr/share/datasets/fashion-mnist", "path: " + path);
        assertThat(problems()).singleElement().asString().contains("folder is '" + path + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "name: dataset-fashion-mnist,name: --download-only,package name is '--download-only'",
        "name: dataset-fashion-mnist,name: ../x,package name is '../x'",
        "folder: usr/share,folder: /usr/share,expected a relative path",
        "folder: usr/share,folder: ../usr/share,expected a path without '..'",
        "url: https://github.com/,url: ftp://github.com/,url is 'ftp:",
        "url: https://github.com/,url: file:///,url is 'file:",
        "url: https://github.com/,url: https://user:word@github.com/,without user",
        "url: https://github.com/,url: https://github.com/?x=/,without user",
        "data/fashion/,data/fashion,expected http(s)://host/…/"
    })
    void anUnsafeSourceIsRefused(String from, String to, String problem) throws IOException {
        edit(from, to);
        assertThat(problems()).singleElement().asString().contains(problem);
    }

    @Test
    void theNameMustBeTheFiles() throws IOException {
        edit("name: fashion-mnist\n", "name: other\n");
        assertThat(problems()).containsExactly("name is 'other', expected the file's name without .yaml");
    }

    @Test
    void aKeyGivenTwiceIsRefused() throws IOException {
        edit("height: 28", "height: 28\nheight: 28");
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("is not YAML")
                .contains("Duplicate field 'height'");
    }

    @Test
    void anEmptyOrBrokenFileIsRefusedWithItsPath() throws IOException {
        Files.writeString(file, "");
        assertThat(problems()).containsExactly("is empty, expected a manifest");
        Files.writeString(file, "a: [1, 2");
        assertThat(problems()).singleElement().asString().contains("is not YAML");
        assertThatThrownBy(() -> ManifestReader.read(file)).hasMessageStartingWith("[" + file + "]");
    }

    private List<String> problems() {
        try {
            DatasetManifest manifest = ManifestReader.read(file);
            throw new AssertionError("accepted: " + manifest);
        } catch (InvalidInputException e) {
            return e.problems();
        }
    }

    private void edit(String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
