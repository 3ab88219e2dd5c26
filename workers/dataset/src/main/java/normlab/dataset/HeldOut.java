package normlab.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import normlab.provenance.Sha256;

/**
 * Which images are the test set where a folder has none: of each class the share whose SHA-256 over the seed and the image's
 * digest is smallest, rounded up. Names and order of the files do not matter, and equal images of a class are on one side.
 */
record HeldOut(double share, long seed) {
    private static final byte[] FORMAT = "normlab held out 1\n".getBytes(StandardCharsets.US_ASCII);

    /** @param images indices into {@code digests} */
    BitSet of(ImageDigests digests, int[] images) {
        BitSet held = new BitSet();
        int classes = IntStream.of(images).map(digests::label).max().orElse(-1) + 1;
        for (int label = 0; label < classes; label++) {
            int of = label;
            List<Ranked> ranked = IntStream.of(images)
                    .filter(image -> digests.label(image) == of)
                    .mapToObj(image -> new Ranked(image, rank(digests.digest(image))))
                    .sorted(Comparator.comparing(Ranked::rank, Arrays::compareUnsigned))
                    .toList();
            int count = (int) Math.ceil(share * ranked.size());
            while (count > 0
                    && count < ranked.size()
                    && Arrays.equals(
                            ranked.get(count).rank(), ranked.get(count - 1).rank())) {
                count++;
            }
            ranked.subList(0, count).forEach(image -> held.set(image.image()));
        }
        return held;
    }

    private record Ranked(int image, byte[] rank) {}

    private byte[] rank(byte[] digest) {
        MessageDigest rank = Sha256.digest();
        rank.update(FORMAT);
        rank.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        return rank.digest(digest);
    }

    @Override
    public String toString() {
        return "test set: of each class, the %s of the images whose SHA-256 over seed %d and digest is smallest"
                .formatted("%.4g %%".formatted(100 * share), seed);
    }
}
