package normlab.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this machine keeps raw data.
 *
 * @param named by the user ({@code NORMLAB_DATA}); never written to. Damaged data in it is an error at once
 * @param cache for downloads, one subfolder a dataset; made when needed
 */
public record DataFolders(Optional<Path> named, Path cache) {
    /** The subfolder with the dataset's name if there is one, else the named folder itself. */
    Optional<Path> namedFor(DatasetManifest manifest) {
        return named.map(folder -> {
            Path own = folder.resolve(manifest.name());
            return Files.isDirectory(own) ? own : folder;
        });
    }

    Path cacheFor(DatasetManifest manifest) {
        return cache.resolve(manifest.name());
    }
}
