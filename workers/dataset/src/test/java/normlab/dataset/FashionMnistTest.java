package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.trial.PreparedDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the quick experiment's specification says of its data; only where this machine has the real files. */
class FashionMnistTest {
    private static final DatasetCatalog CATALOG = new DatasetCatalog(DatasetCatalogTest.DATASETS);
    private static final DatasetManifest MANIFEST = CATALOG.load("fashion-mnist");

    @TempDir
    private Path cache;

    @Test
    void theSampleIsPreparedFromTheRepositoryAlone() throws Exception {
        DatasetSpec spec = new DatasetSpec("fashion-mnist-sample", 20, 10);
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        DataFolders none = new DataFolders(Optional.empty(), cache);
        PrepareDatasetOutput output = new PrepareDataset(CATALOG, store, none)
                .run(new PrepareDatasetInput(spec, CATALOG.fingerprint(spec)), new SilentContext());
        assertThat(output.train()).isEqualTo(200);
        assertThat(output.validation()).isEqualTo(100);
        assertThat(output.test()).isEqualTo(100);
        String key = output.prefix() + "/manifest.json";
        PreparedDataset dataset = Json.read(store.require(key), PreparedDataset.class, key);
        assertThat(store.require(dataset.train().imagesKey())).hasSize(200 * 28 * 28);
        byte[] labels = store.require(dataset.validation().labelsKey());
        for (int label = 0; label < 10; label++) {
            int wanted = label;
            assertThat(IntStream.range(0, labels.length).filter(i -> labels[i] == wanted))
                    .as("class %d", label)
                    .hasSize(10);
        }
    }

    @Test
    void theSplitOfTheQuickExperimentIsThePilots() throws Exception {
        int[] labels = realData().train().labels();
        Split split = Split.of(labels, MANIFEST.classes(), new DatasetSpec("fashion-mnist", 1024, 500));
        assertThat(split.train()).hasSize(10_240).isSorted();
        assertThat(split.train()[10_239]).isEqualTo(10_948);
        assertThat(split.sumOfTrainIndices()).isEqualTo(52_464_784L);
        assertThat(split.validation()).hasSize(5_000).isSorted();
        assertThat(split.validation()[0]).isGreaterThan(10_948);
    }

    @Test
    void theStatisticsAreTheKnownOnes() throws Exception {
        PixelStatistics statistics = PixelStatistics.of(realData().train().pixels(), 1);
        assertThat(statistics.mean()).containsExactly(0.2860);
        assertThat(statistics.sd()).containsExactly(0.3530);
    }

    @Test
    void theSampleIsTheFirstImagesOfEachClassOfTheRealData() throws Exception {
        OfficialData real = realData();
        OfficialData sample = OfficialData.read(
                CATALOG.load("fashion-mnist-sample"),
                DatasetCatalogTest.DATASETS.resolve("fashion-mnist-sample"),
                VerifiedFiles.none(),
                new SilentContext());
        assertSample(sample.train(), real.train(), 30);
        assertSample(sample.test(), real.test(), 10);
    }

    private static void assertSample(ImageSet sample, ImageSet real, int perClass) {
        Split split = Split.of(real.labels(), MANIFEST.classes(), new DatasetSpec("fashion-mnist", perClass, 1));
        ImageSet expected = real.select(split.train());
        assertThat(sample.pixels()).isEqualTo(expected.pixels());
        assertThat(sample.labels()).isEqualTo(expected.labels());
        assertThat(IntStream.range(0, sample.count()).filter(i -> sample.label(i) == 9))
                .hasSize(perClass);
    }

    private static OfficialData realData() throws Exception {
        Optional<Path> folder = Stream.of(
                        Optional.ofNullable(System.getenv("NORMLAB_DATA")).map(Path::of),
                        Optional.of(Path.of("/usr/share/datasets/fashion-mnist")))
                .flatMap(Optional::stream)
                .flatMap(named -> new DataFolders(Optional.of(named), named).namedFor(MANIFEST).stream())
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(
                folder.isPresent(),
                "no real Fashion-MNIST: NORMLAB_DATA is not set and /usr/share/datasets/fashion-mnist is not there");
        return OfficialData.read(MANIFEST, folder.orElseThrow(), VerifiedFiles.none(), new SilentContext());
    }
}
