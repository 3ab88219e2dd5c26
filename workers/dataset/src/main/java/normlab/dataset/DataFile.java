package normlab.dataset;

import java.util.List;
import normlab.json.Problems;

/**
 * One file of a dataset. Size and hash of an archive are those of the file as it is published; of any other file, those
 * of its content after gunzip: copies that differ only in how they are compressed are the same file.
 *
 * @param name of an archive in full; of any other without {@code .gz}, with or without which a source may have it
 * @param count images or labels in it
 * @param bytes of what is hashed; of a {@link FileRole#DEVKIT} at most so many
 * @param sha256 64 lower-case hexadecimal digits
 */
public record DataFile(FileRole role, String name, int count, long bytes, String sha256) {
    private static final long LARGEST = 1L << 30;
    private static final long LARGEST_ARCHIVE = 1L << 40;

    /** Names under which a folder may have it, the preferred one first. */
    List<String> names() {
        return role.isArchive() ? List.of(name) : List.of(name + ".gz", name);
    }

    /** The name under which it is published and kept. */
    String publishedName() {
        return names().getFirst();
    }

    void check(Problems problems) {
        problems.check(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") && (role.isArchive() || !name.endsWith(".gz")),
                "files: name is '%s', expected letters, digits, '.', '_' and '-', and no ending .gz".formatted(name));
        problems.check(
                sha256.matches("[0-9a-f]{64}"),
                "files: sha256 of %s is '%s', expected 64 lower-case hexadecimal digits".formatted(name, sha256));
        problems.check(count >= 1, "files: count of %s is %d, expected 1 or more".formatted(name, count));
        long largest = role.isArchive() ? LARGEST_ARCHIVE : LARGEST;
        problems.check(
                bytes >= 1 && bytes <= largest,
                "files: bytes of %s is %d, expected 1 to %d".formatted(name, bytes, largest));
    }
}
