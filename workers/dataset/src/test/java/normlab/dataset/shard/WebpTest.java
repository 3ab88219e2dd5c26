package normlab.dataset.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import normlab.dataset.Pictures;
import org.junit.jupiter.api.Test;

/** The files were written by Pillow 13.0.0 with libwebp 1.6.0. */
class WebpTest {
    /** {@link Pictures#pattern} of 13×9 pixels, lossless. */
    private static final byte[] PATTERN = bytes(
            "UklGRkAAAABXRUJQVlA4TDMAAAAvDAACAM1lRP8DTCPZihQNDneDw+Fwe01t/plMDLM8NZHlg" + "EJEIaEwUVgobBQOChcKPwoA");

    /** 20×16 pixels of 192, 32, 16, lossy; Pillow decodes it to 194, 33, 15. */
    private static final byte[] RED =
            bytes("UklGRkwAAABXRUJQVlA4IEAAAACQAwCdASoUABAAPm0skUWkIqGYBABABsSgC1FoB+AABjIN+cwAAP7w"
                    + "uG3/8KtwxC8f/7Kx9Kx9Kx+8ES3MAAAA");

    /** 6×6 pixels, lossless, one of them transparent. */
    private static final byte[] HOLE =
            bytes("UklGRkAAAABXRUJQVlA4TDMAAAAvBUABEM1lRP8DShpJktQsO/bfsWbnof0rGROzPDUCgiL/R8u5QkRDREfEQwQAAILFRwAA");

    /** 20×16 pixels, lossy, half transparent. */
    private static final byte[] VEIL =
            bytes("UklGRnAAAABXRUJQVlA4WAoAAAAQAAAAEwAADwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IEAAAACQAwCdASoU"
                    + "ABAAPm0skUWkIqGYBABABsSgC1FoB+AABjIN+cwAAP7wuG3/8KtwxC8f/7Kx9Kx9Kx+8ES3MAAAA");

    /** Two images of 8×6 pixels. */
    private static final byte[] MOVING = bytes(
            "UklGRoIAAABXRUJQVlA4WAoAAAACAAAABwAABQAAQU5JTQYAAAAAAAAAAABBTk1GJgAAAAAAAAAAAAcAAAUAAAAAAAJWUDhMDgAAAC8HQAEA"
                    + "BxAR/Q9ERP8DQU5NRigAAAAAAAAAAAAHAAAFAAAAAAAAVlA4TA8AAAAvB0ABAAcQRY7+ByKi/wEA");

    @Test
    void losslessFilesHaveThePixelsOfAPng() throws Exception {
        SourceImage image = SourceImage.read(PATTERN);
        assertThat(image.loss()).isEmpty();
        assertThat(image.values(3))
                .isEqualTo(SourceImage.read(Pictures.pattern(13, 9)).values(3));
    }

    @Test
    void lossyFilesHaveNearlyTheColoursThatPillowReads() throws Exception {
        byte[] pixels = SourceImage.read(RED).values(3);
        assertThat(pixels).hasSize(20 * 16 * 3);
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(Byte.toUnsignedInt(pixels[i])).isBetween(186, 202);
            assertThat(Byte.toUnsignedInt(pixels[i + 1])).isBetween(25, 41);
            assertThat(Byte.toUnsignedInt(pixels[i + 2])).isBetween(7, 23);
        }
    }

    @Test
    void transparencyAndAnimationAreNamed() throws Exception {
        assertThat(SourceImage.read(HOLE).loss()).hasValue("has transparent pixels");
        assertThat(SourceImage.read(VEIL).loss()).hasValue("has transparent pixels");
        assertThatThrownBy(() -> SourceImage.read(MOVING)).hasMessage("is animated");
    }

    @Test
    void aFileThatEndsEarlyIsRefused() {
        for (byte[] whole : new byte[][] {PATTERN, RED}) {
            for (int length = 12; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> SourceImage.read(cut))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anImageLargerThanItsHeaderSaysIsRefusedBeforeItIsDecoded() {
        byte[] liar = VEIL.clone();
        // The width in the header, of 24 bits, less one.
        liar[24] = 9;
        assertThatThrownBy(() -> SourceImage.read(liar)).hasMessage("announces 10×16 pixels and has 20×16");
    }

    @Test
    void aHugeImageIsRefusedBeforeItIsDecoded() {
        byte[] huge = PATTERN.clone();
        // The two sides, of 14 bits each, less one.
        Arrays.fill(huge, 21, 24, (byte) 0xFF);
        huge[24] |= 0x0F;
        assertThatThrownBy(() -> SourceImage.read(huge)).hasMessageContaining("announces 268435456 pixels");
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
