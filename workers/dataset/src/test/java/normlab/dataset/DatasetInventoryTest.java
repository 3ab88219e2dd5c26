package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetInventoryTest {
    private static final DatasetSpec SPEC = new DatasetSpec("tiny", 2, 1);

    private final TinyDataset tiny = new TinyDataset();
    private final Diary diary = new Diary();

    @TempDir
    private Path folder;

    @Test
    void aDatasetThatIsHereIsShownAsVerifiedWithItsPlaceSizeAndLicence() throws Exception {
        Path data = tiny.writeTo(folder.resolve("data"));
        DatasetInventory.Entry entry =
                inventory(Optional.empty(), new Source.Folder(data.toString())).look("tiny", diary);
        assertThat(entry)
                .isEqualTo(new DatasetInventory.Entry(
                        "tiny",
                        "Tiny",
                        18,
                        88 + 20 + 52 + 14,
                        "MIT, Copyright © nobody, http://localhost/licence",
                        DatasetInventory.State.VERIFIED,
                        "the folder " + data,
                        ""));
    }

    @Test
    void lookingAsksNoNetwork() throws Exception {
        try (FileServer server = new FileServer().serving(tiny)) {
            Source download = new Source.Download(server.address("/good/").toString());
            DatasetInventory.Entry entry =
                    inventory(Optional.empty(), new Source.Cache(), download).look("tiny", diary);
            assertThat(entry.state()).isEqualTo(DatasetInventory.State.ABSENT);
            assertThat(entry.detail()).contains("could come from the address " + server.address("/good/"));
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void damagedDataIsShownWithWhatIsWrong() throws Exception {
        Path data = damaged();
        DatasetInventory.Entry entry =
                inventory(Optional.of(data), new Source.NamedFolder()).look("tiny", diary);
        assertThat(entry.state()).isEqualTo(DatasetInventory.State.DAMAGED);
        assertThat(entry.detail()).contains("test-images.gz").contains("sha256 of the content");
    }

    @Test
    void securingFetchesWhatIsMissingSoThatACampaignFindsIt() throws Exception {
        try (FileServer server = new FileServer().serving(tiny)) {
            Source download = new Source.Download(server.address("/good/").toString());
            DatasetInventory inventory = inventory(Optional.empty(), new Source.Cache(), download);
            inventory.secure(SPEC, diary);
            assertThat(inventory.look("tiny", diary).state()).isEqualTo(DatasetInventory.State.VERIFIED);
        }
    }

    @Test
    void whatLiesPreparedInTheStoreNeedsNoFiles() throws Exception {
        Path data = tiny.writeTo(folder.resolve("data"));
        DatasetCatalog catalog = catalog(new Source.Folder(data.toString()));
        DataFolders folders = new DataFolders(Optional.empty(), folder.resolve("cache"));
        new PrepareDataset(catalog, new InMemoryArtifactStore(), folders)
                .run(new PrepareDatasetInput(SPEC, catalog.fingerprint(SPEC)), new SilentContext());
        Files.delete(data.resolve("train-images.gz"));
        new DatasetInventory(catalog, folders).secure(SPEC, diary);
        DatasetSpec another = new DatasetSpec("tiny", 1, 1);
        assertThatThrownBy(() -> new DatasetInventory(catalog, folders).secure(another, diary))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("lacks train-images");
    }

    @Test
    void aFolderThatWasUsedOnceIsFoundAgainWithoutBeingNamed() throws Exception {
        Path data = tiny.writeTo(folder.resolve("data"));
        inventory(Optional.of(data), new Source.NamedFolder()).fetch("tiny", diary);
        assertThat(inventory(Optional.empty(), new Source.NamedFolder())
                        .look("tiny", diary)
                        .state())
                .isEqualTo(DatasetInventory.State.VERIFIED);
    }

    @Test
    void aFolderIsAdoptedOnlyAfterItWasVerified() throws Exception {
        DatasetInventory inventory = inventory(Optional.empty(), new Source.NamedFolder());
        Path damaged = damaged();
        assertThatThrownBy(() -> inventory.adopt("tiny", damaged, diary))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("sha256 of the content");
        assertThat(inventory.look("tiny", diary).state()).isEqualTo(DatasetInventory.State.ABSENT);
        inventory.adopt("tiny", tiny.writeTo(folder.resolve("sound")), diary);
        assertThat(inventory.look("tiny", diary).state()).isEqualTo(DatasetInventory.State.VERIFIED);
    }

    @Test
    void aDatasetWithAPlaceOfItsOwnTakesNoFolder() throws Exception {
        DatasetInventory inventory = inventory(Optional.empty(), new Source.Folder("data"));
        assertThatThrownBy(() -> inventory.adopt("tiny", folder, diary))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("takes no folder");
    }

    @Test
    void anUnknownDatasetOrTooLargeASplitIsRefusedBeforeAnyFileIsLookedFor() throws Exception {
        DatasetInventory inventory = inventory(Optional.empty(), new Source.Cache());
        assertThatThrownBy(() -> inventory.secure(new DatasetSpec("tyni", 1, 1), diary))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did you mean tiny?");
        assertThatThrownBy(() -> inventory.secure(new DatasetSpec("tiny", 100, 1), diary))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("need 303 training images");
    }

    private Path damaged() throws IOException {
        Path data = tiny.writeTo(folder.resolve("damaged"));
        byte[] content = tiny.content(FileRole.TEST_IMAGES).clone();
        content[30] ^= 1;
        Files.write(data.resolve("test-images.gz"), content);
        return data;
    }

    private DatasetInventory inventory(Optional<Path> named, Source... sources) throws IOException {
        return new DatasetInventory(catalog(sources), new DataFolders(named, folder.resolve("cache")));
    }

    private DatasetCatalog catalog(Source... sources) throws IOException {
        return tiny.catalogIn(folder.resolve("catalog"), sources);
    }
}
