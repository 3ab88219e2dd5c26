package normlab.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which archives and class folders have been verified before, since the hash of ILSVRC2012 takes minutes. A file counts as
 * the same while its path, length and time of modification are; class folders, while no file is
 * added or removed.
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
        return Files.isDirectory(file)
                ? folderLine(file, sha256)
                : "%s %d %s %s"
                        .formatted(
                                sha256,
                                Files.size(file),
                                Files.getLastModifiedTime(file).toInstant(),
                                file.toRealPath());
    }

    /** By the folders alone: to ask each of their files takes as long as to read it. */
    private static String folderLine(Path folder, String sha256) throws IOException {
        try (Stream<Path> inside = Files.walk(folder, 2)) {
            List<Path> folders = inside.filter(Files::isDirectory).toList();
            Instant newest = Instant.MIN;
            for (Path each : folders) {
                Instant modified = Files.getLastModifiedTime(each).toInstant();
                newest = modified.isAfter(newest) ? modified : newest;
            }
            return "%s %d %s %s".formatted(sha256, folders.size(), newest, folder.toRealPath());
        }
    }
}
