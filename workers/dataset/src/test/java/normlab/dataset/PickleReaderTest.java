package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CPython's own pickler writes what is read here, by the script that packs class folders into an archive. */
class PickleReaderTest {
    private static final int IMAGES = 1_100;
    private static final int BYTES = 18;
    private static final String SCRIPT = """
            import runpy, sys
            pack = runpy.run_path(sys.argv[1])
            samples = [(i %% 10, bytes((i * 7 + k) %% 256 for k in range(%d))) for i in range(%d)]
            sys.stdout.buffer.write(pack["batch"](samples, "labels"))
            """.formatted(BYTES, IMAGES);

    /** More than 1,000 items, after which a list goes on in another opcode, and more than 256 objects, as in the originals. */
    @Test
    void aBatchThatPythonHasPickledIsRead() throws Exception {
        String packer = DatasetCatalogTest.DATASETS.resolve("pack-cifar.py").toString();
        Process python = new ProcessBuilder("python3", "-c", SCRIPT, packer)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] pickle = python.getInputStream().readAllBytes();
        assertThat(python.waitFor()).isZero();
        Map<String, Object> batch = PickleReader.read(new ByteArrayInputStream(pickle), IMAGES * BYTES);
        assertThat(batch).containsOnlyKeys("batch_label", "labels", "data", "filenames");
        assertThat(batch)
                .containsEntry(
                        "labels",
                        IntStream.range(0, IMAGES).mapToObj(i -> i % 10).toList());
        assertThat((List<?>) batch.get("filenames")).hasSize(IMAGES);
        PickleReader.Matrix data = (PickleReader.Matrix) Objects.requireNonNull(batch.get("data"));
        assertThat(List.of(data.rows(), data.columns())).containsExactly(IMAGES, BYTES);
        assertThat(Byte.toUnsignedInt(data.get(1_000, 5))).isEqualTo((1_000 * 7 + 5) % 256);
    }
}
