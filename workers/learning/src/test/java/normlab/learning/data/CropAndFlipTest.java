package normlab.learning.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import normlab.experiment.Augmentation;
import org.junit.jupiter.api.Test;

class CropAndFlipTest {
    private static final int COUNT = 64;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 7;
    private static final int CHANNELS = 3;

    @Test
    void eachImageIsAPartOfItsPaddedSelfAndSomeAreMirrored() {
        Augmentation augmentation = new Augmentation(2, true);
        byte[] seen = seen(augmentation, 1, inOrder(), COUNT);
        Set<String> changes = new HashSet<>();
        for (int image = 0; image < COUNT; image++) {
            changes.add(change(seen, image, augmentation));
        }
        assertThat(changes).doesNotContain("none of them").hasSizeGreaterThan(20);
        assertThat(changes).anyMatch(c -> c.endsWith("mirrored")).anyMatch(c -> c.endsWith("straight"));
    }

    @Test
    void withoutFlipNoneIsMirroredAndWithoutCropNoneIsMoved() {
        byte[] cropped = seen(new Augmentation(2, false), 1, inOrder(), COUNT);
        byte[] flipped = seen(new Augmentation(0, true), 1, inOrder(), COUNT);
        for (int image = 0; image < COUNT; image++) {
            assertThat(change(cropped, image, new Augmentation(2, false))).endsWith("straight");
            assertThat(change(flipped, image, new Augmentation(0, true))).startsWith("0 0");
        }
    }

    @Test
    void anImageIsChangedAlikeInWhateverBatchItFallsAndOtherwiseInTheNextEpoch() {
        Augmentation augmentation = new Augmentation(2, true);
        byte[] whole = seen(augmentation, 1, inOrder(), COUNT);
        byte[] smallBatches = seen(augmentation, 1, inOrder(), 8);
        assertThat(smallBatches).isEqualTo(whole);
        assertThat(seen(augmentation, 2, inOrder(), COUNT)).isNotEqualTo(whole);
        long[] reversed = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            reversed[i] = COUNT - 1 - i;
        }
        byte[] backwards = seen(augmentation, 1, reversed, 16);
        int bytes = HEIGHT * WIDTH * CHANNELS;
        for (int i = 0; i < COUNT; i++) {
            assertThat(ByteBuffer.wrap(backwards, (COUNT - 1 - i) * bytes, bytes))
                    .isEqualTo(ByteBuffer.wrap(whole, i * bytes, bytes));
        }
    }

    /** Which offsets and direction make what is seen of the original; each pixel of an image has a value of its own. */
    private static String change(byte[] seen, int image, Augmentation augmentation) {
        int padding = augmentation.crop();
        for (int top = 0; top <= 2 * padding; top++) {
            for (int left = 0; left <= 2 * padding; left++) {
                for (boolean mirrored : new boolean[] {false, true}) {
                    if (matches(seen, image, top - padding, left - padding, mirrored)) {
                        return "%d %d %s".formatted(top, left, mirrored ? "mirrored" : "straight");
                    }
                }
            }
        }
        return "none of them";
    }

    private static boolean matches(byte[] seen, int image, int down, int right, boolean mirrored) {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int column = right + (mirrored ? WIDTH - 1 - x : x);
                for (int c = 0; c < CHANNELS; c++) {
                    byte found = seen[((image * HEIGHT + y) * WIDTH + x) * CHANNELS + c];
                    if (found != pixel(image, y + down, column, c)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Black outside. */
    private static byte pixel(int image, int y, int x, int channel) {
        boolean inside = y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH;
        return (byte) (inside ? 1 + (image + (y * WIDTH + x) * CHANNELS + channel) % 255 : 0);
    }

    private static long[] inOrder() {
        long[] order = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            order[i] = i;
        }
        return order;
    }

    private static byte[] seen(Augmentation augmentation, int epoch, long[] order, int batchSize) {
        ByteBuffer result = ByteBuffer.allocate(COUNT * HEIGHT * WIDTH * CHANNELS);
        try (NDManager manager = NDManager.newBaseManager()) {
            Samples.Pass pass = new Samples.Pass(3, epoch, batchSize, 0, Optional.of(augmentation));
            Shape image = new Shape(HEIGHT, WIDTH, CHANNELS);
            CropAndFlip changes = new CropAndFlip(manager, augmentation, pass, order, image);
            for (int from = 0; from < COUNT; from += batchSize) {
                NDArray pixels = manager.create(
                        ByteBuffer.wrap(batch(order, from, batchSize)),
                        new Shape(batchSize, HEIGHT, WIDTH, CHANNELS),
                        DataType.UINT8);
                result.put(changes.apply(pixels, from).toByteArray());
            }
        }
        return result.array();
    }

    private static byte[] batch(long[] order, int from, int size) {
        ByteBuffer pixels = ByteBuffer.allocate(size * HEIGHT * WIDTH * CHANNELS);
        for (int i = from; i < from + size; i++) {
            for (int p = 0; p < HEIGHT * WIDTH * CHANNELS; p++) {
                pixels.put(pixel((int) order[i], p / CHANNELS / WIDTH, p / CHANNELS % WIDTH, p % CHANNELS));
            }
        }
        return pixels.array();
    }
}
