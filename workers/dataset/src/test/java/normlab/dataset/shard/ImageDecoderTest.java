package normlab.dataset.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import normlab.dataset.Pictures;
import normlab.provenance.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDecoderTest {
    private static final ImageDecoder DECODER = new ImageDecoder(8, 8);
    private static final int RED = 0xC02010;

    @Test
    void jpegAndPngInColourComeOutAsRedGreenBlue() throws Exception {
        assertColour(Pictures.png(20, 16, RED), 0xC0, 0x20, 0x10, 0);
        assertColour(Pictures.jpeg(20, 16, RED), 0xC0, 0x20, 0x10, 3);
    }

    @Test
    void greyIsTheSameValueThreeTimes() throws Exception {
        // Java would take 128 for linear light and make 188 of it.
        assertColour(Pictures.greyJpeg(20, 16, 128), 128, 128, 128, 1);
    }

    @Test
    void inksAreTurnedIntoLight() throws Exception {
        assertRed(decode(Pictures.adobeJpeg(20, 16, 0, 255, 0, 0, 255)));
        assertRed(decode(Pictures.adobeJpeg(20, 16, 2, 179, 171, 1, 255)));
    }

    private static void assertRed(byte[] pixels) {
        assertThat(pixels).hasSize(8 * 8 * 3);
        assertThat(Byte.toUnsignedInt(pixels[0])).isGreaterThan(180);
        assertThat(Byte.toUnsignedInt(pixels[1])).isLessThan(80);
        assertThat(Byte.toUnsignedInt(pixels[2])).isLessThan(80);
    }

    @Test
    void withoutChanceTheCentreIsTaken() throws Exception {
        // Of 32×16 pixels the square of 14 in the middle: 7 columns of each half.
        byte[] pixels = decode(Pictures.halves(32, 16, 0x000000, 0xFFFFFF));
        assertThat(Byte.toUnsignedInt(pixels[0])).isZero();
        assertThat(Byte.toUnsignedInt(pixels[3 * 7])).isEqualTo(255);
    }

    @Test
    void chanceCutsDifferentlyAndTheSameSeedTheSame() throws Exception {
        byte[] image = Pictures.halves(64, 64, 0x000000, 0xFFFFFF);
        assertThat(decode(image, 1)).isEqualTo(decode(image, 1));
        assertThat(Arrays.equals(decode(image, 1), decode(image, 2))).isFalse();
    }

    @Test
    void halfOfTheImagesAreFlipped() throws Exception {
        byte[] image = Pictures.halves(64, 64, 0x000000, 0xFFFFFF);
        int darkLeft = 0;
        int brightLeft = 0;
        for (int seed = 0; seed < 200; seed++) {
            byte[] pixels = decode(image, seed);
            int left = Byte.toUnsignedInt(pixels[0]);
            int right = Byte.toUnsignedInt(pixels[3 * 7]);
            darkLeft += left < right ? 1 : 0;
            brightLeft += left > right ? 1 : 0;
        }
        assertThat(darkLeft).isBetween(40, 120);
        assertThat(brightLeft).isBetween(40, 120);
    }

    @Test
    void randomRegionsLieInTheImageAndHaveTheSidesOfTheRecipe() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            Region region = Region.random(500, 375, random);
            assertThat(region.x()).isBetween(0, 500 - region.width());
            assertThat(region.y()).isBetween(0, 375 - region.height());
            assertThat((double) region.width() / region.height()).isBetween(0.74, 1.35);
            assertThat(region.width() * region.height()).isGreaterThan((int) (0.079 * 500 * 375));
        }
    }

    @Test
    void anImageTooNarrowForAnyRegionIsTakenFromItsCentre() {
        Region region = Region.random(1000, 3, new SplittableRandom(1));
        assertThat(region.height()).isEqualTo(3);
        assertThat(region.width()).isEqualTo(4);
        assertThat(region.x()).isEqualTo(498);
    }

    @Test
    void whatIsNoImageOrATruncatedOneIsRefused() {
        assertThatThrownBy(() -> decode(new byte[] {1, 2, 3}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not an image of a known format");
        byte[] jpeg = Pictures.jpeg(64, 64, RED);
        assertThatThrownBy(() -> decode(Arrays.copyOf(jpeg, 100))).isInstanceOf(IOException.class);
        byte[] png = Pictures.halves(64, 64, RED, 0);
        assertThatThrownBy(() -> decode(Arrays.copyOf(png, png.length - 30))).isInstanceOf(IOException.class);
    }

    /** The hashes are those of torchvision 0.22.1 with Pillow, for the same pattern. */
    @ParameterizedTest
    @CsvSource({
        "40, 29, b56324cf71efe7b4564c3c6890a3608689f4958b64781c71ee525722ce2e9661",
        "29, 40, 517c0bab3fa612c6d16b0333534627433b2accec8ceb059fc5217f05065d60f0",
        "8, 8, a4f830aae9c4172d975343c5d60c32a2e04c96846fb67737f47272389e8f2653",
        "5, 6, 2cb58fcf74745dc1f5450590c49c36673de400989aa2314dee2b79a48bd5de32",
        "500, 375, 1723fc4f3d51cf28d31a6b6ba69d9d3651ec412751df7584ed6a8bafb20d3511"
    })
    void theCentreIsThatOfTorchvisionsResizeAndCenterCrop(int width, int height, String sha256) throws Exception {
        assertThat(Sha256.of(decode(Pictures.pattern(width, height)))).isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 20, 17, c25c9041c6c92d916ba822580365379c24ca538ca237e394032d2e82c3ae09fe",
        "0, 0, 40, 29, e0b54e986021a11396792f4e0163ba13f27cf7e79cd631dd380bef8152f5968c",
        "10, 2, 6, 7, 3d1943da49fb0323582852efc8b6ab91ad8abe20dda800bb93750a7263d12589"
    })
    void aRegionIsResizedAsTorchvisionDoes(int x, int y, int width, int height, String sha256) throws Exception {
        Pixels image = SourceImage.read(Pictures.pattern(40, 29)).pixels();
        assertThat(Sha256.of(DECODER.cut(image, new Region(x, y, width, height, false))))
                .isEqualTo(sha256);
    }

    @Test
    void colourProfilesAndTheOrientationOfExifAreIgnored() throws Exception {
        byte[] jpeg = Pictures.jpeg(20, 16, RED);
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        ByteBuffer icc = ByteBuffer.allocate(14 + profile.length)
                .put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1))
                .put(profile);
        byte[] exif = HexFormat.of()
                .parseHex("457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001" + "00060000" + "00000000");

        assertThat(decode(Pictures.withSegment(jpeg, 0xFFE2, icc.array()))).isEqualTo(decode(jpeg));
        assertThat(decode(Pictures.withSegment(jpeg, 0xFFE1, exif))).isEqualTo(decode(jpeg));
    }

    @Test
    void aJpegThatEndsEarlyIsRefusedInsteadOfFilledWithGrey() {
        byte[] jpeg = Pictures.noisyJpeg(200, 150);
        for (int percent : new int[] {99, 90, 60, 30}) {
            byte[] cut = Arrays.copyOf(jpeg, jpeg.length * percent / 100);
            assertThatThrownBy(() -> decode(cut))
                    .as("%d %%", percent)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is truncated");
        }
    }

    @Test
    void aSmallFileThatAnnouncesAHugeImageIsRefused() {
        byte[] png = Pictures.png(8, 8, RED);
        // The width in the header of a PNG; its checksum is not looked at before the size.
        png[16] = 0x7F;
        assertThatThrownBy(() -> decode(png))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("announces 17045651520 pixels");
    }

    private static void assertColour(byte[] image, int red, int green, int blue, int tolerance) throws IOException {
        byte[] pixels = decode(image);
        assertThat(pixels).hasSize(8 * 8 * 3);
        for (int i = 0; i < pixels.length; i += 3) {
            assertThat(Byte.toUnsignedInt(pixels[i])).isBetween(red - tolerance, red + tolerance);
            assertThat(Byte.toUnsignedInt(pixels[i + 1])).isBetween(green - tolerance, green + tolerance);
            assertThat(Byte.toUnsignedInt(pixels[i + 2])).isBetween(blue - tolerance, blue + tolerance);
        }
    }

    private static byte[] decode(byte[] image) throws IOException {
        return DECODER.decode(image, Optional.empty());
    }

    private static byte[] decode(byte[] image, long seed) throws IOException {
        return DECODER.decode(image, Optional.of(new SplittableRandom(seed)));
    }
}
