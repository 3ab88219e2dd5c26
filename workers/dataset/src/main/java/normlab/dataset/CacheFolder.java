package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/**
 * The files that were fetched for one dataset. A file gets its final name in one step, once it is complete and verified; the
 * part of an interrupted download is kept beside the files.
 */
final class CacheFolder {
    /** A gzip header with a name and a few stored blocks may be longer than its content. */
    private static final long ROOM_FOR_GZIP = 1 << 16;

    private final DatasetManifest manifest;
    private final Path folder;
    private final TaskContext context;

    CacheFolder(DatasetManifest manifest, Path folder, TaskContext context) {
        this.manifest = manifest;
        this.folder = folder;
        this.context = context;
    }

    /** Fetches every file that is missing or damaged. */
    void download(Source.Download source, HttpDownload http) throws UnusableDataException, TaskInProgress {
        locked(() -> {
            for (DataFile file : manifest.downloads()) {
                if (!isHere(file)) {
                    download(file, URI.create(source.url() + file.publishedName()), http);
                }
            }
        });
    }

    /** Copies every file of a folder that has just been verified. */
    void copy(Path from) throws UnusableDataException, TaskInProgress {
        locked(() -> {
            for (DataFile file : manifest.downloads()) {
                Optional<Path> found = OfficialData.locate(from, file);
                if (found.isPresent() && !isHere(file)) {
                    Files.copy(found.get(), part(file), StandardCopyOption.REPLACE_EXISTING);
                    admit(file);
                }
            }
        });
    }

    private interface Work {
        void run() throws IOException, UnusableDataException, TaskInProgress;
    }

    private void locked(Work work) throws UnusableDataException, TaskInProgress {
        try {
            CacheLock lock = CacheLock.take(folder.resolveSibling(folder.getFileName() + ".lock"), context);
            try {
                Files.createDirectories(folder);
                work.run();
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new UnusableDataException(
                    UNREACHABLE, "[%s] cannot store %s (%s)".formatted(folder, manifest.name(), e), e);
        }
    }

    private boolean isHere(DataFile file) {
        Optional<Path> found = OfficialData.locate(folder, file);
        if (found.isEmpty()) {
            return false;
        }
        try {
            new FileVerifier(manifest, VerifiedFiles.none()).verify(found.get(), file);
            return true;
        } catch (UnusableDataException e) {
            // Reported when the cache was tried as a source; here it is replaced.
            return false;
        }
    }

    private void download(DataFile file, URI address, HttpDownload http)
            throws IOException, UnusableDataException, TaskInProgress {
        boolean resumed = Files.exists(part(file));
        long most = file.bytes() + (file.role().isArchive() ? 0 : ROOM_FOR_GZIP);
        http.fetch(address, part(file), most);
        try {
            admit(file);
        } catch (UnusableDataException e) {
            if (!resumed) {
                throw e;
            }
            context.log("%s: the part of an earlier download does not fit; starting over".formatted(file.name()));
            http.fetch(address, part(file), most);
            admit(file);
        }
    }

    private Path part(DataFile file) {
        return folder.resolve(file.publishedName() + ".part");
    }

    /** Deletes a part that is not what it should be. */
    private void admit(DataFile file) throws IOException, UnusableDataException {
        try {
            new FileVerifier(manifest, VerifiedFiles.none()).verify(part(file), file);
        } catch (UnusableDataException e) {
            Files.delete(part(file));
            throw e;
        }
        move(part(file), folder.resolve(file.publishedName()));
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
