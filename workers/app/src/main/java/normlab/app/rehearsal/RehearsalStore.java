package normlab.app.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import normlab.platform.s3.StoreFolder;
import normlab.port.ReadOnlyStore;

/** The folder of an embedded store, written to without its server, by one process. */
public record RehearsalStore(StoreFolder stored) implements ReadOnlyStore {
    @Override
    public String place() {
        return stored.place();
    }

    @Override
    public Optional<byte[]> get(String key) {
        return stored.get(key);
    }

    @Override
    public boolean exists(String key) {
        return stored.exists(key);
    }

    @Override
    public List<String> list(String prefix) {
        return stored.list(prefix);
    }

    @Override
    public void put(String key, byte[] bytes) {
        Path file = stored.folder().resolve(key);
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
        if (exists(key)) {
            return false;
        }
        put(key, bytes);
        return true;
    }
}
