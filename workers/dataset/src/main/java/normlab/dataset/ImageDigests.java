package normlab.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import normlab.dataset.shard.SourceImage;
import normlab.provenance.Sha256;

/**
 * The SHA-256 of each image of a set and its label. They decide the set's canonical order: by digest, and images of equal
 * pixels by label. The order in which the images were added changes neither that order nor the fingerprint.
 */
final class ImageDigests {
    /** Bytes of a digest. */
    static final int LENGTH = 32;

    private static final byte[] FORMAT = "normlab images 1\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] digests;
    private final int[] labels;

    /** Of so many images, each to be {@link #set}. */
    ImageDigests(int count) {
        this.digests = new byte[Math.multiplyExact(count, LENGTH)];
        this.labels = new int[count];
    }

    /** Of images in memory, in their order. */
    static ImageDigests of(ImageSet images, int height, int width, int channels) {
        ImageDigests digests = new ImageDigests(images.count());
        byte[] image = new byte[images.bytesPerImage()];
        for (int i = 0; i < images.count(); i++) {
            images.read(i, image);
            digests.set(i, images.label(i), of(height, width, channels, image));
        }
        return digests;
    }

    /** @param pixels the channels of each pixel side by side, row by row */
    static byte[] of(int height, int width, int channels, byte[] pixels) {
        MessageDigest digest = Sha256.digest();
        digest.update(numbers(height, width, channels));
        return digest.digest(pixels);
    }

    /** As {@link #of(int, int, int, byte[])} of all its pixels in colour. */
    static byte[] of(SourceImage image) {
        MessageDigest digest = Sha256.digest();
        digest.update(numbers(image.height(), image.width(), 3));
        image.rows(digest::update);
        return digest.digest();
    }

    private static byte[] numbers(int... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        for (int number : numbers) {
            buffer.putInt(number);
        }
        return buffer.array();
    }

    /** Different images may be set by different threads. */
    void set(int image, int label, byte[] digest) {
        System.arraycopy(digest, 0, digests, image * LENGTH, LENGTH);
        labels[image] = label;
    }

    int count() {
        return labels.length;
    }

    int label(int image) {
        return labels[image];
    }

    byte[] digest(int image) {
        return Arrays.copyOfRange(digests, image * LENGTH, (image + 1) * LENGTH);
    }

    /** The images' indices in canonical order. */
    int[] order() {
        return IntStream.range(0, count())
                .boxed()
                .sorted(this::compare)
                .mapToInt(i -> i)
                .toArray();
    }

    private int compare(int one, int other) {
        int byPixels = comparePixels(one, other);
        return byPixels != 0 ? byPixels : Integer.compare(labels[one], labels[other]);
    }

    private int comparePixels(int one, int other) {
        return Arrays.compareUnsigned(
                digests, one * LENGTH, (one + 1) * LENGTH, digests, other * LENGTH, (other + 1) * LENGTH);
    }

    /** The images at these indices. */
    ImageDigests select(int[] images) {
        ImageDigests chosen = new ImageDigests(images.length);
        for (int i = 0; i < images.length; i++) {
            chosen.set(i, labels[images[i]], digest(images[i]));
        }
        return chosen;
    }

    /** Images whose pixels another image before them in canonical order has too. */
    int repeated() {
        int[] order = order();
        return (int) IntStream.range(1, count())
                .filter(i -> comparePixels(order[i - 1], order[i]) == 0)
                .count();
    }

    /** Images whose pixels another image before them in canonical order has too, with another label. */
    int contradicted() {
        int[] order = order();
        return (int) IntStream.range(1, count())
                .filter(i -> comparePixels(order[i - 1], order[i]) == 0 && labels[order[i - 1]] != labels[order[i]])
                .count();
    }

    /** Images whose pixels the other set has too. */
    int sharedWith(ImageDigests other) {
        Set<ByteBuffer> theirs = new HashSet<>();
        IntStream.range(0, other.count())
                .mapToObj(i -> ByteBuffer.wrap(other.digest(i)))
                .forEach(theirs::add);
        return (int) IntStream.range(0, count())
                .filter(i -> theirs.contains(ByteBuffer.wrap(digest(i))))
                .count();
    }

    /**
     * The identity of a dataset's content: SHA-256 over the number of classes and, for the training and the test set, the
     * number of images, then digest and label of each in canonical order. Numbers are big-endian 32-bit ones.
     */
    static String fingerprint(int classes, ImageDigests train, ImageDigests test) {
        MessageDigest digest = Sha256.digest();
        digest.update(FORMAT);
        digest.update(numbers(classes));
        train.addTo(digest);
        test.addTo(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void addTo(MessageDigest digest) {
        digest.update(numbers(count()));
        for (int image : order()) {
            digest.update(digests, image * LENGTH, LENGTH);
            digest.update(numbers(labels[image]));
        }
    }
}
