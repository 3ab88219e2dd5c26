package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import normlab.task.HandBack;

/** What was fetched for one dataset. Files come in whole and verified, under their final name in one step. */
final class CacheFolder {
    /** A gzip header with a name and a few stored blocks may be longer than the content it holds. */
    private static final long ROOM_FOR_GZIP = 1 << 16;

    private final DatasetManifest manifest;
    private final Path folder;

    CacheFolder(DatasetManifest manifest, Path folder) {
        this.manifest = manifest;
        this.folder = folder;
    }

    /** Fetches every file that is not here and sound already. */
    void download(Source.Download source, HttpDownload http) throws UnusableDataException, HandBack {
        for (DataFile file : manifest.files()) {
            if (!holds(file)) {
                URI address = URI.create(source.url() + file.publishedName());
                admit(file, part -> http.fetch(address, part, file.bytes() + ROOM_FOR_GZIP));
            }
        }
    }

    /** Copies every file of a folder that was verified just now. */
    void copy(Path from) throws UnusableDataException, HandBack {
        for (DataFile file : manifest.files()) {
            Optional<Path> found = OfficialData.locate(from, file);
            if (found.isPresent() && !holds(file)) {
                admit(file, part -> Files.copy(found.get(), part, StandardCopyOption.REPLACE_EXISTING));
            }
        }
    }

    private boolean holds(DataFile file) {
        Optional<Path> found = OfficialData.locate(folder, file);
        if (found.isEmpty()) {
            return false;
        }
        try {
            new FileVerifier(manifest).verify(found.get(), file);
            return true;
        } catch (UnusableDataException e) {
            // Told when the cache was tried as a source of its own; here it is replaced.
            return false;
        }
    }

    private interface Filling {
        void fill(Path part) throws IOException, UnusableDataException, HandBack;
    }

    private void admit(DataFile file, Filling filling) throws UnusableDataException, HandBack {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, file.name() + ".", ".part");
            try {
                filling.fill(part);
                new FileVerifier(manifest).verify(part, file);
                move(part, folder.resolve(file.publishedName()));
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UnusableDataException(
                    UNREACHABLE, "[%s] cannot take %s (%s)".formatted(folder, file.name(), e), e);
        }
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
