package normlab.platform.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import normlab.port.ReadOnlyStore;
import normlab.port.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the embedded store, read without its server, which may be at work in it: keys are paths, and the SHA-256
 * of an object is an attribute of its file. A file without one, as on a file system that keeps none, is read as it is.
 * Nothing is written.
 */
public record StoreFolder(Path folder) implements ReadOnlyStore {
    /** The server replaces a file by another one: its bytes and its attribute are read one after the other. */
    private static final int LOOKS = 3;

    @Override
    public String place() {
        return "the store's folder " + folder;
    }

    @Override
    public boolean read(String key, Sink sink) {
        Path file = file(key);
        try {
            for (int look = 1; ; look++) {
                Optional<String> expected = checksum(file);
                try (FileChannel content = FileChannel.open(file)) {
                    Transfer transfer = new Transfer(key, sink);
                    transfer.copy(Channels.newInputStream(content), content.size());
                    expected.ifPresent(transfer::verify);
                    return true;
                } catch (StoreException e) {
                    if (look == LOOKS) {
                        throw e;
                    }
                }
            }
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<String> checksum(Path file) throws NoSuchFileException {
        UserDefinedFileAttributeView attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (attributes == null) {
            return Optional.empty();
        }
        try {
            if (!attributes.list().contains(Leftovers.OF_NORMLAB)) {
                return Optional.empty();
            }
            ByteBuffer value = ByteBuffer.allocate(attributes.size(Leftovers.OF_NORMLAB));
            attributes.read(Leftovers.OF_NORMLAB, value);
            return Optional.of(UTF_8.decode(value.flip()).toString());
        } catch (NoSuchFileException absent) {
            throw absent;
        } catch (FileSystemException keepsNone) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the attributes of " + file, e);
        }
    }

    @Override
    public boolean exists(String key) {
        return Files.isRegularFile(file(key));
    }

    @Override
    public List<String> list(String prefix) {
        List<String> keys = new ArrayList<>();
        walk(file(prefix.substring(0, prefix.lastIndexOf('/') + 1)), Integer.MAX_VALUE, (file, attributes) -> {
            if (isObject(file, attributes) && key(file).startsWith(prefix)) {
                keys.add(key(file));
            }
            return FileVisitResult.CONTINUE;
        });
        return keys.stream().sorted().toList();
    }

    /** {@inheritDoc} Of each folder beneath this one, no more is read than it takes to find a first object. */
    @Override
    public List<String> children(String parent) {
        List<String> names = new ArrayList<>();
        walk(file(parent), 1, (path, attributes) -> {
            boolean counts = attributes.isDirectory() ? holdsObject(path) : isObject(path, attributes);
            if (counts && key(path).startsWith(parent)) {
                names.add(path.getFileName().toString());
            }
            return FileVisitResult.CONTINUE;
        });
        return names.stream().sorted().toList();
    }

    /** The server may leave an empty folder. */
    private boolean holdsObject(Path start) {
        AtomicBoolean found = new AtomicBoolean();
        walk(start, Integer.MAX_VALUE, (file, attributes) -> {
            found.set(isObject(file, attributes));
            return found.get() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        });
        return found.get();
    }

    private boolean isObject(Path file, BasicFileAttributes attributes) {
        return attributes.isRegularFile() && !Leftovers.isNamedLikeOne(key(file));
    }

    private String key(Path file) {
        return folder.relativize(file).toString();
    }

    private static void walk(Path start, int depth, BiFunction<Path, BasicFileAttributes, FileVisitResult> visit) {
        try {
            Files.walkFileTree(start, Set.of(), depth, new Visitor(visit));
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

    /** Passes over what has gone since its folder was read. */
    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final BiFunction<Path, BasicFileAttributes, FileVisitResult> visit;

        Visitor(BiFunction<Path, BasicFileAttributes, FileVisitResult> visit) {
            this.visit = visit;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return visit.apply(file, attributes);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            return goOn(failure);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : goOn(failure);
        }

        private static FileVisitResult goOn(IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
