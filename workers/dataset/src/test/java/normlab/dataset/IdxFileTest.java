package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class IdxFileTest {
    private static final byte[] IMAGES = TinyDataset.idx(new byte[] {1, 2, 3, 4, 5, (byte) 255}, 1, 2, 3);

    @Test
    void dimensionsAreBigEndianAndValuesAreAsStored() throws Exception {
        IdxFile file = IdxFile.read(
                new ByteArrayInputStream(
                        HexFormat.of().parseHex("00000803" + "00000001" + "00000002" + "00000001" + "07ff")),
                3,
                100);
        assertThat(file.dimensions()).containsExactly(1, 2, 1);
        assertThat(file.values()).isEqualTo(ByteBuffer.wrap(new byte[] {7, (byte) 255}));
    }

    @Test
    void labelsHaveOneDimension() throws Exception {
        IdxFile file = IdxFile.read(new ByteArrayInputStream(TinyDataset.idx(new byte[] {3, 1}, 2)), 1, 2);
        assertThat(file.dimensions()).containsExactly(2);
        assertThat(file.values()).isEqualTo(ByteBuffer.wrap(new byte[] {3, 1}));
    }

    @Test
    void labelsAreNoImages() {
        refused(() -> read(TinyDataset.idx(new byte[] {3, 1}, 2), 3))
                .hasMessage("magic number is 0x00000801, expected 0x00000803");
    }

    @Test
    void otherTypesOfValuesAreRefused() {
        byte[] floats = IMAGES.clone();
        floats[2] = 0x0d;
        refused(() -> read(floats, 3)).hasMessage("magic number is 0x00000d03, expected 0x00000803");
    }

    @Test
    void everyShorterFileIsRefused() {
        for (int length = 0; length < IMAGES.length; length++) {
            byte[] shorter = Arrays.copyOf(IMAGES, length);
            refused(() -> read(shorter, 3)).as("%d bytes", length).hasMessageContaining("is truncated");
        }
    }

    @Test
    void aTruncatedFileSaysHowMuchIsThere() {
        refused(() -> read(Arrays.copyOf(IMAGES, IMAGES.length - 2), 3))
                .hasMessage("is truncated: 4 of the 6 values that its header announces");
    }

    @Test
    void trailingBytesAreRefused() {
        refused(() -> read(Arrays.copyOf(IMAGES, IMAGES.length + 1), 3))
                .hasMessage("has trailing bytes after the 6 values that its header announces");
    }

    @Test
    void anEmptyDimensionIsRefused() {
        refused(() -> read(TinyDataset.idx(new byte[0], 0, 2, 3), 3)).hasMessageContaining("dimension 1 is 0");
    }

    @Test
    void absurdDimensionsAreRefusedBeforeAValueIsRead() {
        for (int[] absurd :
                new int[][] {{-1, -1, -1}, {1, 1, -1}, {1 << 16, 1 << 16, 1}, {1 << 31, 2, 1}, {101, 1, 1}}) {
            byte[] header = TinyDataset.idx(new byte[0], absurd);
            InputStream in = new HeaderOnly(header);
            refused(() -> IdxFile.read(in, 3, 100))
                    .as("%s", Arrays.toString(absurd))
                    .hasMessageContaining("expected 1 to 100 in all");
        }
    }

    @Test
    void aHugeDimensionIsToldUnsigned() {
        refused(() -> read(TinyDataset.idx(new byte[0], -1, 1, 1), 3))
                .hasMessageContaining("dimension 1 is 4294967295");
    }

    /** Fails the test if anything behind the header is asked for. */
    private static final class HeaderOnly extends ByteArrayInputStream {
        HeaderOnly(byte[] header) {
            super(header);
        }

        @Override
        public byte[] readNBytes(int length) {
            assertThat(length).as("bytes asked for").isLessThanOrEqualTo(available());
            byte[] bytes = new byte[length];
            readNBytes(bytes, 0, length);
            return bytes;
        }
    }

    private static IdxFile read(byte[] content, int rank) throws Exception {
        return IdxFile.read(new ByteArrayInputStream(content), rank, 100);
    }

    private static AbstractThrowableAssert<?, ?> refused(ThrowableAssert.ThrowingCallable reading) {
        return assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.DAMAGED));
    }
}
