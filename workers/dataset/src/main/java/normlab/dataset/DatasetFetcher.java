package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.DAMAGED;
import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;
import static normlab.dataset.UnusableDataException.absent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.port.ArtifactStore;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;

/** Finds a dataset's files: tries the manifest's sources in order until one has them all, whole and verified. */
final class DatasetFetcher {
    private final DatasetCatalog catalog;
    private final DataFolders folders;
    private final Limits limits;
    private final Optional<ArtifactStore> store;

    /** @param searchPath where tools are looked for, in the form of {@code PATH} */
    record Limits(HttpDownload.Limits http, Duration command, String searchPath) {
        static Limits usual() {
            return new Limits(
                    HttpDownload.Limits.usual(),
                    Duration.ofMinutes(15),
                    Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin"));
        }
    }

    /** @param store where imports are, if it can be reached */
    DatasetFetcher(DatasetCatalog catalog, DataFolders folders, Limits limits, Optional<ArtifactStore> store) {
        this.catalog = catalog;
        this.folders = folders;
        this.limits = limits;
        this.store = store;
    }

    /**
     * @throws TaskFailure if no source has the data, with what came of each; at once if the data in the folder that the
     *     user named is damaged
     */
    DatasetContent fetch(DatasetManifest manifest, TaskContext context) throws TaskFailure, TaskInProgress {
        List<UnusableDataException> attempts = new ArrayList<>();
        for (Source source : manifest.sources()) {
            context.stopIfAsked();
            try {
                DatasetContent data = read(manifest, source, context);
                String more = data.description().isEmpty() ? "" : ": " + data.description();
                context.log("%s: verified, from %s%s".formatted(manifest.name(), describe(manifest, source), more));
                return data;
            } catch (UnusableDataException e) {
                if (source instanceof Source.NamedFolder && e.kind() == DAMAGED) {
                    throw TaskFailure.permanent(
                            "%s, or set NORMLAB_DATA to another folder, or unset it".formatted(e.getMessage()), e);
                }
                context.log(
                        "%s: skipped %s: %s".formatted(manifest.name(), describe(manifest, source), e.getMessage()));
                attempts.add(e);
            }
        }
        throw failure(manifest, attempts);
    }

    /** As {@link #read}, keeping nothing of it; images are not read again that were verified before. */
    void verify(DatasetManifest manifest, Source source, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        Optional<Path> folder = switch (source) {
            case Source.NamedFolder named -> folders.namedFor(manifest);
            case Source.Folder fixed -> Optional.of(catalog.resolve(fixed));
            case Source.Cache cache -> Optional.of(folders.cacheFor(manifest));
            case Source.Imported imported -> Optional.empty();
            case Source.Synthetic synthetic -> Optional.empty();
            case Source.Download download -> Optional.empty();
            case Source.DebianPackage pack -> Optional.empty();
        };
        if (folder.isEmpty() || !OfficialData.isVerified(manifest, folder.get(), VerifiedFiles.in(folders))) {
            read(manifest, source, context).close();
        }
    }

    /** What one source has, verified; what is downloaded is kept in the cache. */
    DatasetContent read(DatasetManifest manifest, Source source, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        VerifiedFiles known = VerifiedFiles.in(folders);
        CacheFolder cache = new CacheFolder(manifest, folders.cacheFor(manifest), context);
        return switch (source) {
            case Source.NamedFolder named ->
                DatasetContent.read(
                        manifest,
                        folders.namedFor(manifest).orElseThrow(() -> absent("no folder is named by NORMLAB_DATA")),
                        known,
                        context);
            case Source.Folder folder -> DatasetContent.read(manifest, catalog.resolve(folder), known, context);
            case Source.Cache kept -> DatasetContent.read(manifest, folders.cacheFor(manifest), known, context);
            case Source.Download download -> {
                cache.download(download, new HttpDownload(limits.http(), context));
                yield DatasetContent.read(manifest, folders.cacheFor(manifest), known, context);
            }
            case Source.Imported imported ->
                ImportedImages.open(store.orElseThrow(() -> absent("the store is not asked")), manifest);
            case Source.Synthetic synthetic ->
                OfficialData.of(manifest, new SyntheticImages(manifest, context).generate(synthetic.seed()));
            case Source.DebianPackage pack -> {
                Commands commands = new Commands(limits.searchPath(), limits.command(), context);
                yield new DebianUnpacker(commands).unpack(pack, unpacked -> {
                    DatasetContent data = DatasetContent.read(manifest, unpacked, VerifiedFiles.none(), context);
                    keep(cache, unpacked, context);
                    return data;
                });
            }
        };
    }

    /** The data is at hand already, so a cache that cannot take it is reported and not a reason to fail. */
    private static void keep(CacheFolder cache, Path unpacked, TaskContext context) throws TaskInProgress {
        try {
            cache.copy(unpacked);
        } catch (UnusableDataException e) {
            context.log("not kept for the next time: " + e.getMessage());
        }
    }

    /** The source in words, to follow "from". */
    String describe(DatasetManifest manifest, Source source) {
        return switch (source) {
            case Source.NamedFolder named ->
                "the folder %s%s"
                        .formatted(
                                folders.named().isPresent() ? "named by NORMLAB_DATA" : "that was named before",
                                folders.namedFor(manifest)
                                        .map(f -> " (" + f + ")")
                                        .orElse(""));
            case Source.Folder folder -> "the folder " + catalog.resolve(folder);
            case Source.Cache cache -> "the cache " + folders.cacheFor(manifest);
            case Source.Download download -> "the address " + download.url();
            case Source.DebianPackage pack -> "the Debian package " + pack.name();
            case Source.Imported imported -> "the store";
            case Source.Synthetic synthetic -> "the generator, seed " + synthetic.seed();
        };
    }

    private static TaskFailure failure(DatasetManifest manifest, List<UnusableDataException> attempts) {
        StringBuilder message = new StringBuilder(
                "[dataset %s] none of its %d sources has the data:".formatted(manifest.name(), attempts.size()));
        for (int i = 0; i < attempts.size(); i++) {
            message.append(" (%d) %s".formatted(i + 1, attempts.get(i).getMessage()));
        }
        message.append(". Put %s into a folder and set NORMLAB_DATA to it; see %s"
                .formatted(
                        String.join(
                                ", ",
                                manifest.files().stream()
                                        .map(DataFile::publishedName)
                                        .toList()),
                        manifest.homepage()));
        UnusableDataException last = attempts.getLast();
        return attempts.stream().anyMatch(e -> e.kind() == UNREACHABLE)
                ? TaskFailure.transientCause(message.toString(), last)
                : TaskFailure.permanent(message.toString(), last);
    }
}
