package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.ABSENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;

/** What this machine has of the datasets, and how it comes by the rest. */
public final class DatasetInventory {
    private final DatasetCatalog catalog;
    private final DataFolders folders;
    private final DatasetFetcher fetcher;

    public DatasetInventory(DatasetCatalog catalog, DataFolders folders) {
        this(catalog, folders, new DatasetFetcher(catalog, folders, DatasetFetcher.Limits.usual()));
    }

    DatasetInventory(DatasetCatalog catalog, DataFolders folders, DatasetFetcher fetcher) {
        this.catalog = catalog;
        this.folders = folders;
        this.fetcher = fetcher;
    }

    /** All datasets that have a manifest, by name. */
    public List<String> names() {
        return catalog.names();
    }

    /**
     * Looks in the places that need no network, and verifies what is there.
     *
     * @throws InvalidInputException if there is no such dataset
     */
    public Holding look(String name, TaskContext context) throws TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        List<String> details = new ArrayList<>();
        Optional<Holding> damaged = Optional.empty();
        for (Source source : manifest.sources()) {
            String place = fetcher.describe(manifest, source);
            if (source instanceof Source.Synthetic) {
                return holding(manifest, Holding.State.GENERATED, place, "");
            }
            if (source.isRemote()) {
                details.add("could come from " + place);
                continue;
            }
            try {
                fetcher.read(manifest, source, context).close();
                return holding(manifest, Holding.State.VERIFIED, place, "");
            } catch (UnusableDataException e) {
                if (e.kind() != ABSENT && damaged.isEmpty()) {
                    damaged = Optional.of(
                            holding(manifest, Holding.State.DAMAGED, place, String.valueOf(e.getMessage())));
                }
            }
        }
        return damaged.orElseGet(() -> holding(manifest, Holding.State.ABSENT, "", String.join("; ", details)));
    }

    private static Holding holding(DatasetManifest manifest, Holding.State state, String where, String detail) {
        return new Holding(
                manifest.name(),
                manifest.title(),
                manifest.imageCount(),
                manifest.files().stream().mapToLong(DataFile::bytes).sum(),
                manifest.licence().line(),
                state,
                where,
                detail);
    }

    /**
     * Sees to it that a campaign will find the data: nothing is done if it lies prepared in the store; else it is found on
     * this machine and verified, or fetched.
     *
     * @throws InvalidInputException if there is no such dataset, or it is too small for the split
     * @throws TaskFailure permanently if the data is damaged or nowhere to be had; else, where no source could be reached
     */
    public void secure(DatasetSpec spec, TaskContext context) throws TaskFailure, TaskInProgress {
        if (!new PreparedMarks(folders).has(catalog.fingerprint(spec))) {
            fetch(spec.name(), context);
        }
    }

    /** As {@link #secure}, whatever the store has. */
    public void fetch(String name, TaskContext context) throws TaskFailure, TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        fetcher.fetch(manifest, context).close();
        if (folders.named().isPresent()) {
            // The stack's processes may have been started without the variable that names the folder.
            remember(manifest, folders.named().orElseThrow());
        }
    }

    /**
     * Takes a folder of the user as the place of this dataset, from now on, after verifying it.
     *
     * @throws TaskFailure if the folder does not hold the dataset, or holds it damaged
     */
    public void adopt(String name, Path folder, TaskContext context) throws TaskFailure, TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        if (manifest.sources().stream().noneMatch(Source.NamedFolder.class::isInstance)) {
            throw new InvalidInputException(
                    "dataset " + name, "has its own place and takes no folder: its sources have no named-folder");
        }
        DataFolders candidate = new DataFolders(Optional.of(folder), folders.cache());
        Path place = candidate.namedFor(manifest).orElseThrow();
        try {
            DatasetContent.read(manifest, place, VerifiedFiles.in(folders)).close();
        } catch (UnusableDataException e) {
            throw TaskFailure.permanent("[dataset %s] %s".formatted(name, e.getMessage()), e);
        }
        context.log("%s: verified, from the folder %s".formatted(name, place));
        remember(manifest, folder);
    }

    private void remember(DatasetManifest manifest, Path folder) throws TaskFailure {
        try {
            folders.remember(manifest, folder);
        } catch (IOException e) {
            throw TaskFailure.transientCause(
                    "[%s] cannot note the folder of %s (%s)".formatted(folders.cache(), manifest.name(), e), e);
        }
    }
}
