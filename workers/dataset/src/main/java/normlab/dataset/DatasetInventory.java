package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.ABSENT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;

/** What this machine has of the datasets, and how it comes by the rest. */
public final class DatasetInventory {
    private final DatasetCatalog catalog;
    private final DataFolders folders;
    private final DatasetFetcher fetcher;

    /**
     * What this machine has of one dataset.
     *
     * @param images of the training and test set together
     * @param bytes of all its files as the manifest states them
     * @param licence one line
     * @param where the folder it was found in, or where it would come from
     * @param detail what is wrong or missing, or empty
     */
    public record Entry(
            String name,
            String title,
            int images,
            long bytes,
            String licence,
            State state,
            String where,
            String detail) {}

    /** How far the data can be trusted. */
    public enum State {
        /** All files are here, and each has been verified against the manifest. */
        VERIFIED,
        /** All files are here, but wrong. */
        DAMAGED,
        /** Made when it is needed. */
        GENERATED,
        /** In the store, where an import has put it. */
        IMPORTED,
        /** Not on this machine. */
        ABSENT
    }

    public DatasetInventory(DatasetCatalog catalog, DataFolders folders) {
        this(catalog, folders, new DatasetFetcher(catalog, folders, DatasetFetcher.Limits.usual(), Optional.empty()));
    }

    /** @param store where imports are */
    public DatasetInventory(DatasetCatalog catalog, DataFolders folders, ArtifactStore store) {
        this(catalog, folders, new DatasetFetcher(catalog, folders, DatasetFetcher.Limits.usual(), Optional.of(store)));
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
     * Looks in the places that need no network, and verifies what is there. Images that were verified before and have not
     * been touched since are not read again.
     *
     * @throws InvalidInputException if there is no such dataset
     */
    public Entry look(String name, TaskContext context) throws TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        List<String> details = new ArrayList<>();
        Optional<Entry> damaged = Optional.empty();
        for (Source source : manifest.sources()) {
            String place = fetcher.describe(manifest, source);
            if (source instanceof Source.Synthetic) {
                return entry(manifest, State.GENERATED, place, "");
            }
            if (source instanceof Source.Imported) {
                return entry(manifest, State.IMPORTED, place, "");
            }
            if (source.isRemote()) {
                details.add("could come from " + place);
                continue;
            }
            try {
                fetcher.verify(manifest, source, context);
                return entry(manifest, State.VERIFIED, place, "");
            } catch (UnusableDataException e) {
                if (e.kind() != ABSENT && damaged.isEmpty()) {
                    damaged = Optional.of(entry(manifest, State.DAMAGED, place, String.valueOf(e.getMessage())));
                }
            }
        }
        return damaged.orElseGet(() -> entry(manifest, State.ABSENT, "", String.join("; ", details)));
    }

    private static Entry entry(DatasetManifest manifest, State state, String where, String detail) {
        return new Entry(
                manifest.name(),
                manifest.title(),
                manifest.imageCount(),
                manifest.fileBytes(),
                manifest.licence().line(),
                state,
                where,
                detail);
    }

    /**
     * Makes sure that a campaign will find the data: nothing is done if it is prepared in the store, or was imported; else
     * it is found on this machine and verified, or fetched.
     *
     * @throws InvalidInputException if there is no such dataset, or it is too small for the split
     * @throws TaskFailure permanently if the data is damaged or no source has it; else, where no source could be reached
     */
    public void secure(DatasetSpec spec, TaskContext context) throws TaskFailure, TaskInProgress {
        boolean imported = catalog.load(spec.name()).sources().contains(new Source.Imported());
        if (!new PreparedMarks(folders).has(catalog.fingerprint(spec)) && !imported) {
            fetch(spec.name(), context);
        }
    }

    /**
     * A picture of some training images of each class, as a PNG file.
     *
     * @throws TaskFailure as {@link #fetch}
     */
    public byte[] sheet(String name, TaskContext context) throws TaskFailure, TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        try (DatasetContent content = fetcher.fetch(manifest, context)) {
            return ContactSheet.of(manifest, content);
        } catch (IOException e) {
            throw TaskFailure.permanent("[dataset %s] cannot be drawn (%s)".formatted(name, e), e);
        }
    }

    /** Whether a dataset's images are in the store, because they were imported. */
    public boolean isImported(String name) {
        return catalog.load(name).sources().contains(new Source.Imported());
    }

    /** As {@link #secure}, whatever the store has. */
    public void fetch(String name, TaskContext context) throws TaskFailure, TaskInProgress {
        DatasetManifest manifest = catalog.load(name);
        if (manifest.sources().contains(new Source.Imported())) {
            context.log("%s: imported before, nothing to fetch".formatted(name));
            return;
        }
        fetcher.fetch(manifest, context).close();
        if (folders.named().isPresent()) {
            // The stack's processes may have been started without the variable that names the folder.
            remember(manifest, folders.named().orElseThrow());
        }
    }

    /**
     * Takes a folder of the user as the place of this dataset, from now on, after verifying it.
     *
     * @throws TaskFailure if the folder does not have the dataset, or has it damaged
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
            DatasetContent content = DatasetContent.read(manifest, place, VerifiedFiles.in(folders), context);
            String more = content.description().isEmpty() ? "" : ": " + content.description();
            context.log("%s: verified, from the folder %s%s".formatted(name, place, more));
            content.close();
        } catch (UnusableDataException e) {
            throw TaskFailure.permanent("[dataset %s] %s".formatted(name, e.getMessage()), e);
        }
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
