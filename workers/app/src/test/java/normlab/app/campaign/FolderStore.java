package normlab.app.campaign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import normlab.platform.s3.StoreFolder;
import normlab.port.ReadOnlyStore;

/** The folder of an embedded store, written to without its server, by one process. */
public record FolderStore(StoreFolder stored) implements ReadOnlyStore {
    @Override
    public String place() {
        return stored.place();
    }

    @Override
    public boolean read(String key, Sink sink) {
        return stored.read(key, sink);
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
    public List<String> children(String folder) {
        return stored.children(folder);
    }

    @Override
    public void put(String key, ByteBuffer... pieces) {
        Path file = stored.folder().resolve(key);
        try {
            Files.createDirectories(file.resolveSibling("."));
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                for (ByteBuffer piece : pieces) {
                    channel.write(piece.duplicate());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, ByteBuffer bytes) {
        if (exists(key)) {
            return false;
        }
        put(key, bytes);
        return true;
    }
}
