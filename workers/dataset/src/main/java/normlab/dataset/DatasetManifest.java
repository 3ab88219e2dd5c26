package normlab.dataset;

import static normlab.json.Checks.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import normlab.json.Problems;

/**
 * What a dataset is and where it comes from; the data itself lies elsewhere. All problems of a manifest are reported
 * together, one a line.
 *
 * @param citation as the authors ask for it
 * @param height of each image in pixels
 * @param classes names, by label
 * @param content where it identifies the dataset
 * @param files one for each {@link FileRole} of the format; or archives with the same content, the first to be downloaded
 * @param sources in the order in which they are tried
 * @param statistics of the pixels, where it would take hours to compute them; else none
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
        Optional<ImageContent> content,
        List<DataFile> files,
        List<Source> sources,
        Optional<PixelStatistics> statistics) {
    static final int LARGEST_SIDE = 1024;
    private static final int MOST_CLASSES = 100_000;

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
        checkGeometry(height, width, problems);
        checkChannels(format, channels, problems);
        checkContent(format, content, (long) height * width * channels, problems);
        checkClasses(format, classes, problems);
        checkFiles(format, files, problems);
        files.forEach(file -> checkLength(file, dimensions(file, height, width, channels), problems));
        problems.check(
                statistics.isPresent() == format.isStreamed(),
                "statistics is for the formats image-files and ilsvrc, and needed there; format is %s"
                        .formatted(format));
        statistics.ifPresent(s -> s.checkChannels(channels, problems));
        problems.check(!sources.isEmpty(), "sources is empty, expected at least one");
        sources.forEach(source -> source.check(problems));
        check(problems.isEmpty(), "%s", String.join("\n", problems.list()));
    }

    private static void checkGeometry(int height, int width, Problems problems) {
        problems.check(
                height >= 1 && height <= LARGEST_SIDE,
                "height is %d, expected 1 to %d".formatted(height, LARGEST_SIDE));
        problems.check(
                width >= 1 && width <= LARGEST_SIDE, "width is %d, expected 1 to %d".formatted(width, LARGEST_SIDE));
    }

    private static void checkChannels(Format format, int channels, Problems problems) {
        switch (format) {
            case IDX, IMAGES ->
                problems.check(
                        channels == 1 || channels == 3,
                        "channels is %d, expected 1 (grey) or 3 (red, green, blue)".formatted(channels));
            case IMAGE_FILES, ILSVRC ->
                problems.check(channels == 3, "channels is %d, expected 3: red, green, blue".formatted(channels));
        }
    }

    private static void checkContent(
            Format format, Optional<ImageContent> content, long bytesPerImage, Problems problems) {
        problems.check(
                content.isPresent() == format.isIdentifiedByContent(),
                "content is for the formats images and image-files, and needed there; format is %s".formatted(format));
        content.ifPresent(c -> c.check(problems));
        if (format == Format.IMAGES && content.isPresent()) {
            long expected = ((long) content.get().train() + content.get().test()) * bytesPerImage;
            problems.check(
                    content.get().bytes() == expected,
                    "content: bytes is %d, expected %d for its images"
                            .formatted(content.get().bytes(), expected));
        }
    }

    private static void checkClasses(Format format, List<String> classes, Problems problems) {
        // Where images lie in memory, a label is a byte.
        int most = format.isStreamed() ? MOST_CLASSES : 256;
        problems.check(
                classes.size() >= 2 && classes.size() <= most,
                "classes has %d names, expected 2 to %d".formatted(classes.size(), most));
        problems.check(
                new HashSet<>(classes).size() == classes.size(), "classes %s names one twice".formatted(classes));
    }

    private static void checkFiles(Format format, List<DataFile> files, Problems problems) {
        for (FileRole role : FileRole.values()) {
            long found = files.stream().filter(f -> f.role() == role).count();
            boolean any = format == Format.IMAGES && role == FileRole.ARCHIVE;
            int expected = format.roles().contains(role) ? 1 : 0;
            problems.check(
                    any || found == expected,
                    "files has %d with role %s, expected %d".formatted(found, role, expected));
        }
        problems.check(
                files.stream().map(DataFile::name).distinct().count() == files.size(), "files has one name twice");
        files.forEach(file -> file.check(problems));
        checkPair(files, FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, problems);
        checkPair(files, FileRole.TEST_IMAGES, FileRole.TEST_LABELS, problems);
    }

    private static void checkLength(DataFile file, List<Integer> dimensions, Problems problems) {
        if (file.role().isArchive()) {
            return;
        }
        long expected = IdxFile.headerBytes(dimensions.size())
                + dimensions.stream().mapToLong(d -> d).reduce(1, (a, b) -> a * b);
        problems.check(
                file.bytes() == expected,
                "files: bytes of %s is %d, expected %d for %d items"
                        .formatted(file.name(), file.bytes(), expected, file.count()));
    }

    private static void checkPair(List<DataFile> files, FileRole images, FileRole labels, Problems problems) {
        List<Integer> counts = files.stream()
                .filter(f -> f.role() == images || f.role() == labels)
                .map(DataFile::count)
                .distinct()
                .toList();
        problems.check(counts.size() <= 1, "files: %s and %s differ in count: %s".formatted(images, labels, counts));
    }

    /** What has to be downloaded to have the dataset. */
    List<DataFile> downloads() {
        return format == Format.IMAGES ? files.subList(0, Math.min(1, files.size())) : files;
    }

    DataFile file(FileRole role) {
        return files.stream().filter(f -> f.role() == role).findFirst().orElseThrow();
    }

    int bytesPerImage() {
        return height * width * channels;
    }

    /** Of all files, as they are published or unpacked; of a dataset without files, of its images. */
    public long fileBytes() {
        return files.isEmpty()
                ? content.map(ImageContent::bytes).orElse(0L)
                : downloads().stream().mapToLong(DataFile::bytes).sum();
    }

    /** Of all images, decoded: one byte a value. */
    public long decodedBytes() {
        return (long) imageCount() * bytesPerImage();
    }

    /** Images of the official training set. */
    public int trainCount() {
        return switch (format) {
            case IDX -> file(FileRole.TRAIN_IMAGES).count();
            case IMAGES, IMAGE_FILES -> content.orElseThrow().train();
            case ILSVRC -> file(FileRole.TRAIN_ARCHIVE).count();
        };
    }

    /** Images of the official training and test set together. */
    public int imageCount() {
        return switch (format) {
            case IDX ->
                file(FileRole.TRAIN_IMAGES).count() + file(FileRole.TEST_IMAGES).count();
            case IMAGES, IMAGE_FILES ->
                content.orElseThrow().train() + content.orElseThrow().test();
            case ILSVRC ->
                file(FileRole.TRAIN_ARCHIVE).count()
                        + file(FileRole.TEST_ARCHIVE).count();
        };
    }

    /** Dimensions that the header of an IDX file must state. */
    List<Integer> dimensions(DataFile file) {
        return dimensions(file, height, width, channels);
    }

    private static List<Integer> dimensions(DataFile file, int height, int width, int channels) {
        if (!file.role().hasImages()) {
            return List.of(file.count());
        }
        return channels == 1 ? List.of(file.count(), height, width) : List.of(file.count(), height, width, channels);
    }
}
