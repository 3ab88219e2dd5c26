package normlab.dataset;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import normlab.json.Problems;

/**
 * What a dataset is and where it comes from; the data itself lies elsewhere. All problems of a manifest are reported
 * together, one a line.
 *
 * @param citation as the authors ask for it
 * @param height of each image in pixels
 * @param classes names, by label
 * @param files one for each {@link FileRole}
 * @param sources in the order in which they are tried
 */
public record DatasetManifest(
        String name,
        String title,
        Licence licence,
        String citation,
        String homepage,
        Format format,
        int height,
        int width,
        int channels,
        List<String> classes,
        List<DataFile> files,
        List<Source> sources) {
    private static final int LARGEST_SIDE = 1024;

    /** How the files are encoded. */
    public enum Format {
        /** The format of MNIST: a magic number, big-endian dimensions, unsigned bytes. */
        @JsonProperty("idx")
        IDX
    }

    /**
     * @param name SPDX identifier
     * @param copyright the notice that copies must carry
     */
    public record Licence(String name, String copyright, String url) {
        /** One line for reports. */
        String line() {
            return "%s, %s, %s".formatted(name, copyright, url);
        }
    }

    public DatasetManifest {
        classes = List.copyOf(classes);
        files = List.copyOf(files);
        sources = List.copyOf(sources);
        Problems problems = new Problems();
        problems.check(
                name.matches("[a-z0-9-]+"), "name is '%s', expected lower-case letters, digits and -".formatted(name));
        checkGeometry(height, width, channels, classes, problems);
        checkFiles(files, (long) height * width, problems);
        problems.check(!sources.isEmpty(), "sources is empty, expected at least one");
        sources.forEach(source -> source.check(problems));
        check(problems.isEmpty(), "%s", String.join("\n", problems.list()));
    }

    private static void checkGeometry(int height, int width, int channels, List<String> classes, Problems problems) {
        problems.check(
                height >= 1 && height <= LARGEST_SIDE,
                "height is %d, expected 1 to %d".formatted(height, LARGEST_SIDE));
        problems.check(
                width >= 1 && width <= LARGEST_SIDE, "width is %d, expected 1 to %d".formatted(width, LARGEST_SIDE));
        problems.check(channels == 1, "channels is %d, expected 1: an IDX image has one".formatted(channels));
        problems.check(
                classes.size() >= 2 && classes.size() <= 256,
                "classes has %d names, expected 2 to 256".formatted(classes.size()));
        problems.check(
                new HashSet<>(classes).size() == classes.size(), "classes %s names one twice".formatted(classes));
    }

    private static void checkFiles(List<DataFile> files, long valuesPerItem, Problems problems) {
        for (FileRole role : FileRole.values()) {
            long found = files.stream().filter(f -> f.role() == role).count();
            problems.check(found == 1, "files has %d with role %s, expected 1".formatted(found, role));
        }
        problems.check(
                files.stream().map(DataFile::name).distinct().count() == files.size(), "files has one name twice");
        files.forEach(file -> file.check(valuesPerItem, problems));
        checkPair(files, FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, problems);
        checkPair(files, FileRole.TEST_IMAGES, FileRole.TEST_LABELS, problems);
    }

    private static void checkPair(List<DataFile> files, FileRole images, FileRole labels, Problems problems) {
        List<Integer> counts = files.stream()
                .filter(f -> f.role() == images || f.role() == labels)
                .map(DataFile::count)
                .distinct()
                .toList();
        problems.check(counts.size() <= 1, "files: %s and %s differ in count: %s".formatted(images, labels, counts));
    }

    DataFile file(FileRole role) {
        return files.stream().filter(f -> f.role() == role).findFirst().orElseThrow();
    }
}
