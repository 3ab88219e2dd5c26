package normlab.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this machine keeps raw data.
 *
 * @param named by the user ({@code NORMLAB_DATA}); never written to. Damaged data in it is an error at once
 * @param cache for downloads, one subfolder a dataset; made when needed
 */
public record DataFolders(Optional<Path> named, Path cache) {
    /** The environment variable that names a folder. */
    public static final String VARIABLE = "NORMLAB_DATA";

    /** The named folder as this process's environment has it. */
    public static DataFolders ofEnvironment(Path cache) {
        return new DataFolders(
                Optional.ofNullable(System.getenv(VARIABLE))
                        .filter(name -> !name.isBlank())
                        .map(Path::of),
                cache);
    }

    /**
     * The folder that the user named for all datasets, or else for this one: its subfolder with the dataset's name if
     * there is one, else the folder itself.
     */
    Optional<Path> namedFor(DatasetManifest manifest) {
        return named.or(() -> remembered(manifest)).map(folder -> {
            Path own = folder.resolve(manifest.name());
            return Files.isDirectory(own) ? own : folder;
        });
    }

    Path cacheFor(DatasetManifest manifest) {
        return cache.resolve(manifest.name());
    }

    /** Names the folder for this dataset, also to processes whose environment names none. */
    void remember(DatasetManifest manifest, Path folder) throws IOException {
        Files.createDirectories(cache);
        Files.writeString(note(manifest), folder.toAbsolutePath().normalize() + "\n");
    }

    private Optional<Path> remembered(DatasetManifest manifest) {
        try {
            return Files.exists(note(manifest))
                    ? Optional.of(Path.of(Files.readString(note(manifest), StandardCharsets.UTF_8)
                            .strip()))
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // A note that cannot be read names nothing; the other sources are tried and reported.
            return Optional.empty();
        }
    }

    private Path note(DatasetManifest manifest) {
        return cache.resolve(manifest.name() + ".folder");
    }
}
