package normlab.dataset;

import normlab.json.Problems;

/**
 * One file of a dataset. Size and hash are those of the content, after gunzip: copies that differ only in how they are
 * compressed are the same file.
 *
 * @param name without {@code .gz}; a source may hold the file with or without that ending
 * @param count images or labels in it
 * @param bytes of the content, header included
 * @param sha256 of the content, 64 lower-case hexadecimal digits
 */
public record DataFile(FileRole role, String name, int count, long bytes, String sha256) {
    private static final long LARGEST = 1L << 30;

    /** @param valuesPerItem pixels of an image */
    void check(long valuesPerItem, Problems problems) {
        problems.check(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") && !name.endsWith(".gz"),
                "files: name is '%s', expected letters, digits, '.', '_' and '-', and no ending .gz".formatted(name));
        problems.check(
                sha256.matches("[0-9a-f]{64}"),
                "files: sha256 of %s is '%s', expected 64 lower-case hexadecimal digits".formatted(name, sha256));
        problems.check(count >= 1, "files: count of %s is %d, expected 1 or more".formatted(name, count));
        problems.check(
                bytes >= 1 && bytes <= LARGEST,
                "files: bytes of %s is %d, expected 1 to %d".formatted(name, bytes, LARGEST));
        long expected = role.headerBytes() + count * (role.holdsImages() ? valuesPerItem : 1L);
        problems.check(
                bytes == expected,
                "files: bytes of %s is %d, expected %d for %d items".formatted(name, bytes, expected, count));
    }
}
