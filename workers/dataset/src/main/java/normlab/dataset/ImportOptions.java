package normlab.dataset;

import java.util.Optional;
import normlab.json.Problems;

/**
 * How a folder of images becomes a dataset.
 *
 * @param name of the dataset
 * @param resize what the images are scaled to, where they differ in size or are too large
 * @param channels 1 (grey) or 3 (red, green, blue), where some images are grey and others not
 * @param testShare of each class, more than 0 and less than 1, where the folder has no test set
 * @param seed that decides which images are the test set, where the folder has none
 * @param skipsUnusable whether files that cannot be used are left out
 * @param licence of the images, as the user states it
 */
public record ImportOptions(
        String name,
        Optional<Size> resize,
        Optional<Integer> channels,
        double testShare,
        long seed,
        boolean skipsUnusable,
        String licence) {
    /** In pixels. */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "×" + height;
        }
    }

    public ImportOptions {
        Problems problems = new Problems();
        problems.check(
                name.matches("[a-z0-9][a-z0-9-]*"),
                "--name is '%s', expected lower-case letters, digits and hyphens".formatted(name));
        resize.ifPresent(size -> problems.check(
                Math.min(size.width(), size.height()) >= 1
                        && Math.max(size.width(), size.height()) <= DatasetManifest.LARGEST_SIDE,
                "--resize is %s, expected sides of 1 to %d pixels".formatted(size, DatasetManifest.LARGEST_SIDE)));
        channels.ifPresent(count -> problems.check(
                count == 1 || count == 3, "--channels is %d, expected 1 (grey) or 3 (colour)".formatted(count)));
        problems.check(
                testShare > 0 && testShare < 1,
                "--test-share is %s, expected more than 0 and less than 1".formatted(testShare));
        problems.check(!licence.isBlank(), "--licence is empty; leave it out, or state the licence");
        problems.throwIfAny("data import");
    }
}
