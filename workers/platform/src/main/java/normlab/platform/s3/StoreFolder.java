package normlab.platform.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.port.ReadOnlyStore;
import normlab.port.StoreException;

/**
 * The folder of the embedded store, read without its server: keys are paths. The server keeps the checksums, so what is
 * read here is not held against them. Nothing is written.
 */
public record StoreFolder(Path folder) implements ReadOnlyStore {
    @Override
    public String place() {
        return "the store's folder " + folder;
    }

    @Override
    public Optional<byte[]> get(String key) {
        try {
            return Optional.of(Files.readAllBytes(file(key)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(key), e);
        }
    }

    @Override
    public boolean exists(String key) {
        return Files.isRegularFile(file(key));
    }

    @Override
    public List<String> list(String prefix) {
        Path start = file(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString())
                    .filter(k -> k.startsWith(prefix) && !Leftovers.isNamedLikeOne(k))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + start, e);
        }
    }

    private Path file(String key) {
        Path file = folder.resolve(key).normalize();
        if (!file.startsWith(folder)) {
            throw new StoreException("[%s] leads out of the store's folder %s".formatted(key, folder), false);
        }
        return file;
    }
}
