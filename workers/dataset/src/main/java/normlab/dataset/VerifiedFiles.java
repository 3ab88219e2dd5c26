package normlab.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Which archives were held against their hash before, since that of ILSVRC2012 takes minutes. A file counts as the same
 * while its path, length and time of modification are.
 */
final class VerifiedFiles {
    private final Optional<Path> notes;

    private VerifiedFiles(Optional<Path> notes) {
        this.notes = notes;
    }

    static VerifiedFiles in(DataFolders folders) {
        return new VerifiedFiles(Optional.of(folders.cache().resolve("verified.txt")));
    }

    /** Remembers nothing. */
    static VerifiedFiles none() {
        return new VerifiedFiles(Optional.empty());
    }

    boolean has(Path file, String sha256) throws IOException {
        if (notes.isEmpty() || !Files.exists(notes.get())) {
            return false;
        }
        return Files.readAllLines(notes.get(), StandardCharsets.UTF_8).contains(line(file, sha256));
    }

    void add(Path file, String sha256) throws IOException {
        if (notes.isPresent()) {
            Files.createDirectories(notes.get().toAbsolutePath().getParent());
            Files.write(
                    notes.get(),
                    List.of(line(file, sha256)),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private static String line(Path file, String sha256) throws IOException {
        return "%s %d %s %s"
                .formatted(
                        sha256,
                        Files.size(file),
                        Files.getLastModifiedTime(file).toInstant(),
                        file.toRealPath());
    }
}
