package normlab.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.dataset.shard.SourceImage;

/**
 * What size the images of an import have for a network: as the user states it, or else as the first usable image has it.
 *
 * @param first the first usable image's size, and whether it is grey
 * @param isStreamed whether the images are kept as files: they are large, or many, or of many classes
 */
record ImportGeometry(First first, int height, int width, int channels, boolean isStreamed) {
    /** Larger images are streamed with the random cuts of ILSVRC2012. */
    private static final int LARGEST_SIDE_IN_MEMORY = 128;

    private static final long MOST_BYTES_IN_MEMORY = 1L << 30;
    private static final int MOST_CLASSES_IN_MEMORY = 256;

    /** @param isGrey whether it is stored in one channel */
    record First(int width, int height, boolean isGrey) {}

    static ImportGeometry of(ClassFolders folders, ImportOptions options) {
        First first = Stream.concat(folders.train().stream(), folders.test().stream())
                .flatMap(file -> usable(folders, file).stream())
                .findFirst()
                .orElse(new First(1, 1, false));
        int height = options.resize().map(ImportOptions.Size::height).orElse(first.height());
        int width = options.resize().map(ImportOptions.Size::width).orElse(first.width());
        int channels = options.channels().orElse(first.isGrey() ? 1 : 3);
        long bytes = (long) height
                * width
                * channels
                * (folders.train().size() + folders.test().size());
        boolean streamed = Math.max(height, width) > LARGEST_SIDE_IN_MEMORY
                || bytes > MOST_BYTES_IN_MEMORY
                || folders.classes().size() > MOST_CLASSES_IN_MEMORY;
        return new ImportGeometry(
                first, height, width, streamed && options.channels().isEmpty() ? 3 : channels, streamed);
    }

    private static Optional<First> usable(ClassFolders folders, ClassFolders.ImageFile file) {
        try {
            SourceImage image = SourceImage.read(folders.read(file));
            return image.loss().isEmpty()
                    ? Optional.of(new First(image.width(), image.height(), image.isGrey()))
                    : Optional.empty();
        } catch (IOException e) {
            // Reported when all files are read.
            return Optional.empty();
        }
    }

    int bytesPerImage() {
        return height * width * channels;
    }

    /** Adds where the image does not fit the first one and the user has not said what to do. */
    void check(String file, SourceImage image, ImportOptions options, FileProblems mismatches) {
        boolean sized = image.width() == first.width() && image.height() == first.height();
        if (!sized && options.resize().isEmpty()) {
            mismatches.add(
                    "images differ in size from the first one (%d×%d); state what they are scaled to: --resize %s"
                            .formatted(first.width(), first.height(), suggestion()),
                    file,
                    "is %d×%d".formatted(image.width(), image.height()));
        }
        if (image.isGrey() != first.isGrey() && options.channels().isEmpty() && !isStreamed) {
            mismatches.add(
                    "some images are grey and others in colour; state which they all become: --channels 1 or --channels 3",
                    file,
                    image.isGrey() ? "is grey" : "is in colour");
        }
    }

    private String suggestion() {
        return Math.max(first.width(), first.height()) > LARGEST_SIDE_IN_MEMORY ? "224x224" : "32x32";
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (Math.max(height, width) > DatasetManifest.LARGEST_SIDE) {
            problems.add(
                    "images are %d×%d pixels, expected sides of at most %d; state what they are scaled to: --resize 224x224"
                            .formatted(width, height, DatasetManifest.LARGEST_SIDE));
        }
        if (isStreamed && channels == 1) {
            problems.add(
                    "--channels is 1, expected 3: images of more than %d pixels a side, or of more than 1 GiB, are streamed in colour; or state a smaller --resize"
                            .formatted(LARGEST_SIDE_IN_MEMORY));
        }
        return problems;
    }
}
