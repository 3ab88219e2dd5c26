package normlab.dataset;

import normlab.json.Problems;

/**
 * What a dataset's images are, whatever archive or folder they come in.
 *
 * @param train images of the training set
 * @param test images of the test set
 * @param smallestClass training images of the class that has the fewest
 * @param largestClass training images of the class that has the most
 * @param bytes of all images as they are kept: decoded, or, of {@link Format#IMAGE_FILES}, as files
 * @param sha256 {@link ImageDigests#fingerprint} of labels and decoded pixels, 64 lower-case hexadecimal digits
 */
public record ImageContent(int train, int test, int smallestClass, int largestClass, long bytes, String sha256) {
    void check(Problems problems) {
        problems.check(
                train >= 1 && test >= 1,
                "content: train is %d and test is %d, expected 1 or more each".formatted(train, test));
        problems.check(
                smallestClass >= 1 && largestClass >= smallestClass && largestClass <= train,
                "content: smallestClass is %d and largestClass is %d, expected 1 or more, in this order, and at most the %d training images"
                        .formatted(smallestClass, largestClass, train));
        problems.check(bytes >= 1, "content: bytes is %d, expected 1 or more".formatted(bytes));
        problems.check(
                sha256.matches("[0-9a-f]{64}"),
                "content: sha256 is '%s', expected 64 lower-case hexadecimal digits".formatted(sha256));
    }
}
