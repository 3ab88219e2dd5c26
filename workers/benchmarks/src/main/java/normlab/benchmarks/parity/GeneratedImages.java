package normlab.benchmarks.parity;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import normlab.learning.data.Geometry;
import normlab.learning.data.Images;
import normlab.learning.random.RandomStream;
import normlab.trial.PreparedDataset;

/**
 * Images without a dataset, for measurements that do not depend on what is seen: a pattern of its own for each class, in
 * noise. The same seed gives the same bytes everywhere.
 *
 * @param pixels N·H·W·C unsigned bytes
 * @param labels N bytes
 */
public record GeneratedImages(Geometry geometry, byte[] pixels, byte[] labels) {
    /** Of the pixels, on the scale [0, 1], near enough. */
    public static final double MEAN = 0.5;

    public static final double SD = 0.25;
    private static final int NOISE = 96;

    public static GeneratedImages of(Geometry geometry, int count, long seed) {
        int size = geometry.size();
        byte[] pixels = new byte[count * size];
        byte[] labels = new byte[count];
        int[][] patterns = IntStream.range(0, geometry.classes())
                .mapToObj(c -> values(RandomStream.of(seed, "pattern", c), size, 256 - NOISE))
                .toArray(int[][]::new);
        for (int i = 0; i < count; i++) {
            RandomStream stream = RandomStream.of(seed, "image", i);
            labels[i] = (byte) stream.nextInt(geometry.classes());
            int[] pattern = patterns[labels[i]];
            int[] noise = values(stream, size, NOISE);
            for (int j = 0; j < size; j++) {
                pixels[i * size + j] = (byte) (pattern[j] + noise[j]);
            }
        }
        return new GeneratedImages(geometry, pixels, labels);
    }

    private static int[] values(RandomStream stream, int size, int bound) {
        return IntStream.generate(() -> stream.nextInt(bound)).limit(size).toArray();
    }

    public Images on(NDManager manager) {
        long[] classes = IntStream.range(0, labels.length)
                .mapToLong(i -> Byte.toUnsignedLong(labels[i]))
                .toArray();
        PreparedDataset.Part part = new PreparedDataset.Part(labels.length, "", "");
        PreparedDataset facts = new PreparedDataset(
                "generated",
                "",
                geometry.height(),
                geometry.width(),
                geometry.channels(),
                IntStream.range(0, geometry.classes())
                        .mapToObj(Integer::toString)
                        .toList(),
                perChannel(MEAN),
                perChannel(SD),
                part,
                part,
                part,
                "");
        return Images.of(manager, facts, ByteBuffer.wrap(pixels), classes);
    }

    /** The same value for each channel. */
    public List<Double> perChannel(double value) {
        return IntStream.range(0, geometry.channels()).mapToObj(c -> value).toList();
    }
}
