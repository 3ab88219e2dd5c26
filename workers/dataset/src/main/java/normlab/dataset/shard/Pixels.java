package normlab.dataset.shard;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * An image's values as red, green and blue, as they are stored: colour profiles and transparency are ignored, as torchvision
 * ignores them.
 *
 * @param samples the stored channels
 * @param colours what they mean
 */
record Pixels(Samples samples, Colours colours) {
    /** Converts a pixel's samples to red, green and blue, each 0 to 255. */
    interface Colours {
        /**
         * @param row the samples of some pixels
         * @param at the first sample of this one
         * @return red · 2¹⁶ + green · 2⁸ + blue
         */
        int rgb(int[] row, int at);
    }

    static Pixels of(BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel palette
                ? new Pixels(Samples.unscaled(image.getRaster()), (row, at) -> palette.getRGB(row[at]))
                : of(image.getRaster());
    }

    /** Of grey, or of red, green and blue and whatever follows them. */
    static Pixels of(Raster raster) {
        return new Pixels(Samples.of(raster), raster.getNumBands() >= 3 ? StoredColours.RGB : StoredColours.GREY);
    }

    int width() {
        return samples.raster().getWidth();
    }

    int height() {
        return samples.raster().getHeight();
    }

    /** Writes the pixels x … x + count − 1 of a row into {@code rgb}, three bytes each. */
    void row(int y, int x, int count, byte[] rgb) {
        int[] row = samples.row(y, x, count);
        int bands = samples.raster().getNumBands();
        for (int i = 0; i < count; i++) {
            int colour = colours.rgb(row, i * bands);
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
    }

    /**
     * The samples of an image.
     *
     * @param scaled whether samples of other sizes become 8 bits: of larger ones the upper bits
     */
    record Samples(Raster raster, boolean scaled) {
        static Samples of(Raster raster) {
            return new Samples(raster, true);
        }

        static Samples unscaled(Raster raster) {
            return new Samples(raster, false);
        }

        private int[] row(int y, int x, int count) {
            if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                    && raster.getDataBuffer() instanceof DataBufferByte buffer
                    && raster.getParent() == null) {
                return bytes(model, buffer, y, x, count);
            }
            int bands = raster.getNumBands();
            int[] row = raster.getPixels(raster.getMinX() + x, raster.getMinY() + y, count, 1, (int[]) null);
            for (int i = 0; scaled && i < row.length; i++) {
                int bits = raster.getSampleModel().getSampleSize(i % bands);
                row[i] = bits >= 8 ? row[i] >> (bits - 8) : row[i] * 255 / ((1 << bits) - 1);
            }
            return row;
        }

        /** The usual case, without a call for each sample. */
        private int[] bytes(PixelInterleavedSampleModel model, DataBufferByte buffer, int y, int x, int count) {
            byte[] data = buffer.getData();
            int[] offsets = model.getBandOffsets();
            int[] row = new int[count * offsets.length];
            int at = buffer.getOffset() + y * model.getScanlineStride() + x * model.getPixelStride();
            int to = 0;
            for (int i = 0; i < count; i++) {
                for (int offset : offsets) {
                    row[to++] = data[at + offset] & 0xFF;
                }
                at += model.getPixelStride();
            }
            return row;
        }
    }
}
