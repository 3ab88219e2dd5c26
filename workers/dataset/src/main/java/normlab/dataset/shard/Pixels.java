package normlab.dataset.shard;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * An image's values as red, green and blue, as they are stored: colour profiles and transparency are ignored, as torchvision
 * ignores them.
 */
interface Pixels {
    int width();

    int height();

    /** Writes the pixels x … x + count − 1 of a row into {@code rgb}, three bytes each. */
    void row(int y, int x, int count, byte[] rgb);

    static Pixels of(BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel palette
                ? new OfPalette(image.getRaster(), palette)
                : of(image.getRaster());
    }

    /** Of grey, or of red, green and blue and whatever follows them. */
    static Pixels of(Raster raster) {
        boolean bytes = raster.getSampleModel() instanceof PixelInterleavedSampleModel
                && raster.getDataBuffer() instanceof DataBufferByte
                && raster.getParent() == null;
        return bytes ? new OfBytes(raster) : new OfSamples(raster);
    }

    /** The usual case: bytes of interleaved channels. */
    record OfBytes(Raster raster) implements Pixels {
        @Override
        public int width() {
            return raster.getWidth();
        }

        @Override
        public int height() {
            return raster.getHeight();
        }

        @Override
        public void row(int y, int x, int count, byte[] rgb) {
            PixelInterleavedSampleModel model = (PixelInterleavedSampleModel) raster.getSampleModel();
            DataBufferByte buffer = (DataBufferByte) raster.getDataBuffer();
            byte[] data = buffer.getData();
            int[] offsets = model.getBandOffsets();
            boolean colour = offsets.length >= 3;
            int red = offsets[0];
            int green = offsets[colour ? 1 : 0];
            int blue = offsets[colour ? 2 : 0];
            int at = buffer.getOffset() + y * model.getScanlineStride() + x * model.getPixelStride();
            for (int i = 0; i < 3 * count; i += 3) {
                rgb[i] = data[at + red];
                rgb[i + 1] = data[at + green];
                rgb[i + 2] = data[at + blue];
                at += model.getPixelStride();
            }
        }
    }

    /** Samples of any size; of larger ones the upper 8 bits. */
    record OfSamples(Raster raster) implements Pixels {
        @Override
        public int width() {
            return raster.getWidth();
        }

        @Override
        public int height() {
            return raster.getHeight();
        }

        @Override
        public void row(int y, int x, int count, byte[] rgb) {
            int[] samples = new int[count];
            for (int channel = 0; channel < 3; channel++) {
                int band = raster.getNumBands() >= 3 ? channel : 0;
                int bits = raster.getSampleModel().getSampleSize(band);
                raster.getSamples(raster.getMinX() + x, raster.getMinY() + y, count, 1, band, samples);
                for (int i = 0; i < count; i++) {
                    rgb[3 * i + channel] =
                            (byte) (bits >= 8 ? samples[i] >> (bits - 8) : samples[i] * 255 / ((1 << bits) - 1));
                }
            }
        }
    }

    /** Luma and two differences of colours, converted as libjpeg does. */
    record OfLuminance(Pixels stored) implements Pixels {
        private static final int BITS = 16;
        private static final int HALF = 1 << (BITS - 1);
        private static final int RED = fixed(1.402);
        private static final int GREEN_OF_RED = fixed(0.71414);
        private static final int GREEN_OF_BLUE = fixed(0.34414);
        private static final int BLUE = fixed(1.772);

        private static int fixed(double factor) {
            return (int) (factor * (1 << BITS) + 0.5);
        }

        @Override
        public int width() {
            return stored.width();
        }

        @Override
        public int height() {
            return stored.height();
        }

        @Override
        public void row(int y, int x, int count, byte[] rgb) {
            stored.row(y, x, count, rgb);
            for (int i = 0; i < 3 * count; i += 3) {
                int luma = rgb[i] & 0xFF;
                int blue = (rgb[i + 1] & 0xFF) - 128;
                int red = (rgb[i + 2] & 0xFF) - 128;
                rgb[i] = clamped(luma + ((RED * red + HALF) >> BITS));
                rgb[i + 1] = clamped(luma + ((HALF - GREEN_OF_BLUE * blue - GREEN_OF_RED * red) >> BITS));
                rgb[i + 2] = clamped(luma + ((BLUE * blue + HALF) >> BITS));
            }
        }

        private static byte clamped(int value) {
            return (byte) Math.min(Math.max(value, 0), 255);
        }
    }

    /** Numbers of colours in a palette. */
    record OfPalette(Raster raster, IndexColorModel palette) implements Pixels {
        @Override
        public int width() {
            return raster.getWidth();
        }

        @Override
        public int height() {
            return raster.getHeight();
        }

        @Override
        public void row(int y, int x, int count, byte[] rgb) {
            int[] numbers = raster.getSamples(raster.getMinX() + x, raster.getMinY() + y, count, 1, 0, (int[]) null);
            for (int i = 0; i < count; i++) {
                int colour = palette.getRGB(numbers[i]);
                rgb[3 * i] = (byte) (colour >> 16);
                rgb[3 * i + 1] = (byte) (colour >> 8);
                rgb[3 * i + 2] = (byte) colour;
            }
        }
    }

    /**
     * Four inks of a JPEG, which are stored as light as Adobe does: each in how much light it lets through.
     *
     * @param luminance whether the first three are stored as YCbCr
     */
    record OfInks(Raster raster, boolean luminance) implements Pixels {
        @Override
        public int width() {
            return raster.getWidth();
        }

        @Override
        public int height() {
            return raster.getHeight();
        }

        @Override
        public void row(int y, int x, int count, byte[] rgb) {
            Pixels colours = Pixels.of(raster);
            (luminance ? new OfLuminance(colours) : colours).row(y, x, count, rgb);
            int[] black = raster.getSamples(raster.getMinX() + x, raster.getMinY() + y, count, 1, 3, (int[]) null);
            for (int i = 0; i < 3 * count; i++) {
                int colour = rgb[i] & 0xFF;
                // What YCCK holds in YCbCr is the ink itself, not the light that it lets through.
                rgb[i] = (byte) product(luminance ? 255 - colour : colour, black[i / 3]);
            }
        }

        /** a · b ÷ 255, rounded. */
        private static int product(int a, int b) {
            return (a * b + 127) / 255;
        }
    }
}
