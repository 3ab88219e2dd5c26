package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.provenance.Sha256;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.testkit.SilentContext;
import normlab.trial.PreparedDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareDatasetTest {
    private static final DatasetSpec SPEC = new DatasetSpec("tiny", 2, 1);

    private final TinyDataset tiny = new TinyDataset();
    private final RecordingStore store = new RecordingStore();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private DatasetCatalog catalog;

    @BeforeEach
    void writeTheDataset() throws IOException {
        catalog = tiny.catalogIn(folder, new Source.Folder("data"));
        tiny.writeTo(folder.resolve("data"));
    }

    @Test
    void theStoreHoldsTheChosenImagesByteForByte() throws Exception {
        PrepareDatasetOutput output = prepare(SPEC);
        String prefix = "datasets/tiny/" + catalog.fingerprint(SPEC);
        assertThat(output).isEqualTo(new PrepareDatasetOutput(prefix, false, 6, 3, 6));
        assertThat(store.require(part(output, "train").imagesKey())).isEqualTo(TinyDataset.pixels(6, 0));
        assertThat(store.require(part(output, "train").labelsKey())).containsExactly(0, 1, 2, 2, 1, 0);
        assertThat(store.require(part(output, "validation").imagesKey())).isEqualTo(TinyDataset.pixels(3, 9 * 6));
        assertThat(store.require(part(output, "validation").labelsKey())).containsExactly(0, 1, 2);
        assertThat(store.require(part(output, "test").imagesKey())).isEqualTo(TinyDataset.pixels(6, 100));
        assertThat(store.require(part(output, "test").labelsKey())).isEqualTo(TinyDataset.TEST_LABELS);
    }

    @Test
    void aClassWithoutTestImagesIsRefusedByName() throws Exception {
        int[] labels = {0, 1, 1, 0};
        assertThatThrownBy(() -> Split.requireEachClass(labels, List.of("cat", "dog", "oak_tree"), SPEC))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("class oak_tree has no test image");
    }

    @Test
    void imagesThatAreNotNeighboursAreTakenFromTheirPlaces() throws Exception {
        PrepareDatasetOutput output = prepare(new DatasetSpec("tiny", 3, 1));
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int index : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}) {
            expected.writeBytes(TinyDataset.pixels(1, index * 6));
        }
        assertThat(store.require(part(output, "train").imagesKey())).isEqualTo(expected.toByteArray());
        PrepareDatasetOutput two = prepare(new DatasetSpec("tiny", 1, 3));
        assertThat(store.require(part(two, "validation").imagesKey())).isEqualTo(TinyDataset.pixels(9, 3 * 6));
        assertThat(store.require(part(two, "validation").labelsKey())).containsExactly(2, 1, 0, 0, 1, 2, 0, 1, 2);
    }

    @Test
    void theManifestSaysWhatIsThereAndIsWrittenLast() throws Exception {
        PrepareDatasetOutput output = prepare(SPEC);
        assertThat(store.written()).hasSize(8).last().isEqualTo(output.prefix() + "/manifest.json");
        PreparedDataset manifest = manifest(output);
        assertThat(manifest.fingerprint()).isEqualTo(catalog.fingerprint(SPEC));
        assertThat(List.of(manifest.height(), manifest.width(), manifest.channels()))
                .containsExactly(2, 3, 1);
        assertThat(manifest.classes()).containsExactly("zero", "one", "two");
        // Of all 12 training images, whose pixels are 0 to 71: mean 35.5, variance (72² − 1)/12.
        assertThat(manifest.mean()).containsExactly(0.1392);
        assertThat(manifest.sd()).containsExactly(0.0815);
        assertThat(manifest.licence()).isEqualTo("MIT, Copyright © nobody, http://localhost/licence");
        assertThat(manifest.train().count()).isEqualTo(6);
        assertThat(manifest.train().imagesSha256()).isEqualTo(Sha256.of(TinyDataset.pixels(6, 0)));
        assertThat(manifest.test().labelsSha256()).isEqualTo(Sha256.of(TinyDataset.TEST_LABELS));
    }

    @Test
    void whatTwoSplitsHaveInCommonIsInTheStoreOnce() throws Exception {
        PrepareDatasetOutput one = prepare(SPEC);
        PrepareDatasetOutput other = prepare(new DatasetSpec("tiny", 3, 1));
        assertThat(manifest(one).test()).isEqualTo(manifest(other).test());
        assertThat(manifest(one).validation()).isEqualTo(manifest(other).validation());
        // Two manifests and contact sheets; two training sets, one validation set and one test set of two objects each.
        assertThat(store.list("datasets/")).hasSize(4 + 8);
    }

    @Test
    void aSecondRunReusesAllAndNeedsNoData() throws Exception {
        PrepareDatasetOutput first = prepare(SPEC);
        store.forget();
        Files.delete(folder.resolve("data/train-images.gz"));
        PrepareDatasetOutput second = prepare(SPEC);
        assertThat(second).isEqualTo(new PrepareDatasetOutput(first.prefix(), true, 6, 3, 6));
        assertThat(store.written()).isEmpty();
    }

    @Test
    void aPreparationThatBrokeOffIsDoneAgain() throws Exception {
        String prefix = "datasets/tiny/" + catalog.fingerprint(SPEC);
        for (int writes = 0; writes < 8; writes++) {
            store.breakAfter(writes);
            assertThatThrownBy(() -> prepare(SPEC))
                    .isInstanceOfSatisfying(
                            TaskFailure.class, e -> assertThat(e.isPermanent()).isFalse())
                    .hasMessageContaining("the store is away");
            assertThat(store.exists(prefix + "/manifest.json")).isFalse();
            store.forget();
        }
        PrepareDatasetOutput output = prepare(SPEC);
        assertThat(output.reused()).isFalse();
        assertThat(store.require(part(output, "train").imagesKey())).isEqualTo(TinyDataset.pixels(6, 0));
        assertThat(prepare(SPEC).reused()).isTrue();
    }

    @Test
    void samplesThatWereDeletedAreMadeAgain() throws Exception {
        PrepareDatasetOutput first = prepare(SPEC);
        String labels = part(first, "validation").labelsKey();
        store.delete(labels);
        assertThat(prepare(SPEC)).isEqualTo(first);
        assertThat(store.exists(labels)).isTrue();
    }

    @Test
    void anotherFingerprintThanOursFailsForGoodAndNamesBoth() {
        String other = "0".repeat(64);
        assertFailsForGood(new PrepareDatasetInput(SPEC, other), other);
        assertFailsForGood(new PrepareDatasetInput(SPEC, other), catalog.fingerprint(SPEC));
        assertFailsForGood(new PrepareDatasetInput(SPEC, "../../elsewhere"), "../../elsewhere");
        assertThat(store.written()).isEmpty();
    }

    @Test
    void anUnknownDatasetFailsForGood() {
        assertFailsForGood(new PrepareDatasetInput(new DatasetSpec("tiney", 1, 1), "x"), "did you mean tiny?");
    }

    @Test
    void aSplitThatOneClassCannotFillFailsForGood() throws Exception {
        byte[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2};
        TinyDataset uneven = new TinyDataset();
        uneven.replace(FileRole.TRAIN_LABELS, TinyDataset.idx(labels, 12));
        catalog = uneven.catalogIn(folder, new Source.Folder("data"));
        uneven.writeTo(folder.resolve("data"));
        assertFailsForGood(new PrepareDatasetInput(SPEC, catalog.fingerprint(SPEC)), "class two has 1 training images");
        assertThat(store.written()).isEmpty();
    }

    @Test
    void aStopLeavesNothingThatLooksComplete() {
        PrepareDatasetInput input = new PrepareDatasetInput(SPEC, catalog.fingerprint(SPEC));
        for (int questions = 0; questions < 3; questions++) {
            Diary impatient = new Diary(questions);
            assertThatThrownBy(() -> task().run(input, impatient)).isInstanceOf(TaskInProgress.class);
            assertThat(store.list("")).noneMatch(key -> key.endsWith("manifest.json"));
        }
    }

    @Test
    void theTaskHasTheNameAndInputThatWorkflowsUse() {
        assertThat(task().name()).isEqualTo("prepare_dataset");
        assertThat(task().inputType()).isEqualTo(PrepareDatasetInput.class);
    }

    private PrepareDataset task() {
        return new PrepareDataset(catalog, store, new DataFolders(Optional.empty(), folder.resolve("cache")));
    }

    private PrepareDatasetOutput prepare(DatasetSpec spec) throws TaskFailure, TaskInProgress {
        return task().run(new PrepareDatasetInput(spec, catalog.fingerprint(spec)), new SilentContext());
    }

    private void assertFailsForGood(PrepareDatasetInput input, String message) {
        assertThatThrownBy(() -> task().run(input, new SilentContext()))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining(message);
    }

    private PreparedDataset manifest(PrepareDatasetOutput output) {
        String key = output.prefix() + "/manifest.json";
        return Json.read(store.require(key), PreparedDataset.class, key);
    }

    private PreparedDataset.Part part(PrepareDatasetOutput output, String part) {
        return manifest(output).part(part);
    }
}
