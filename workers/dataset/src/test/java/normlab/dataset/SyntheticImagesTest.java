package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import normlab.task.TaskInProgress;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
    private static final DatasetManifest REAL = new DatasetCatalog(DatasetCatalogTest.DATASETS).load("synthetic-cifar");

    @Test
    void theWholeDatasetIsWhatTheManifestStates() throws Exception {
        // Fails on any machine and any change of the generator that gives other bytes.
        OfficialData data = OfficialData.of(REAL, generator(REAL).generate(1));
        assertThat(data.train().count()).isEqualTo(20_000);
        assertThat(data.train().bytesPerImage()).isEqualTo(32 * 32 * 3);
        assertThat(data.test().labels()).startsWith(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
    }

    @Test
    void anotherSeedGivesOtherImagesAndIsRefused() {
        assertThatThrownBy(() -> generator(small(REAL)).generate(2)).hasMessageContaining("sha256");
    }

    @Test
    void imagesOfOneClassDifferInPoseAndColour() {
        assertThat(Arrays.equals(scene(3, 1), scene(3, 2))).isFalse();
        assertThat(Arrays.equals(scene(3, 1), scene(3, 1))).isTrue();
    }

    @Test
    void everyClassIsDrawnDifferentlyFromTheSameNumbers() {
        for (int label = 1; label < SyntheticScene.CLASSES; label++) {
            assertThat(Arrays.equals(scene(label - 1, 7), scene(label, 7)))
                    .as("class %d", label)
                    .isFalse();
        }
    }

    @Test
    void aManifestOfAnotherGeometryIsRefused() {
        DatasetManifest grey = new TinyDataset().manifest(new Source.Synthetic(1));
        assertThatThrownBy(() -> generator(grey).generate(1))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("synthetic images have 3 channels and 10 classes, the manifest says 1 and 3");
    }

    @Test
    void aStopIsHeard() {
        assertThatThrownBy(() -> new SyntheticImages(REAL, new Diary(2)).generate(1))
                .isInstanceOf(TaskInProgress.class);
    }

    private static SyntheticImages generator(DatasetManifest manifest) {
        return new SyntheticImages(manifest, new Diary());
    }

    private static byte[] scene(int label, long seed) {
        byte[] pixels = new byte[32 * 32 * 3];
        new SyntheticScene(32, 32, label, new SplittableRandom(seed)).paint(pixels, 0);
        return pixels;
    }

    /** Ten images of each part, with the real one's hashes, which cannot fit. */
    private static DatasetManifest small(DatasetManifest real) {
        List<DataFile> files = real.files().stream()
                .map(f -> new DataFile(f.role(), f.name(), 10, f.role().hasImages() ? 20 + 30_720 : 18, f.sha256()))
                .toList();
        return new DatasetManifest(
                real.name(),
                real.title(),
                real.licence(),
                real.citation(),
                real.homepage(),
                real.format(),
                real.height(),
                real.width(),
                real.channels(),
                real.classes(),
                real.content(),
                files,
                real.sources(),
                Optional.empty());
    }
}
