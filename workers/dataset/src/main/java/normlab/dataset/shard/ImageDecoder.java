package normlab.dataset.shard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes one image and cuts and resizes it to the network's input, as torchvision does with {@code Resize},
 * {@code CenterCrop} and {@code RandomResizedCrop}. JPEG in grey, RGB, CMYK and YCCK and PNG are read, whatever their names
 * say: ILSVRC2012 has some of each. Colour profiles and the orientation in EXIF are ignored.
 *
 * @param height of the result in pixels
 * @param width of the result in pixels
 */
public record ImageDecoder(int height, int width) {
    private static final int CHANNELS = 3;
    /** Larger than any photograph of ILSVRC2012 (28 million pixels); a small file may announce far more. */
    private static final long MOST_PIXELS = 1L << 26;

    /**
     * @param random where the cut is taken from and whether it is flipped; none: the centre, as it is
     * @return height · width · 3 bytes, red, green and blue of each pixel side by side
     * @throws IOException if these bytes are not a whole image
     */
    public byte[] decode(byte[] image, Optional<SplittableRandom> random) throws IOException {
        Pixels pixels = read(image);
        return random.map(r -> cut(pixels, Region.random(pixels.width(), pixels.height(), r)))
                .orElseGet(() -> centre(pixels));
    }

    /** The region, resized and flipped. */
    byte[] cut(Pixels pixels, Region region) {
        byte[] resized = resized(pixels, region, height, width);
        return region.flipped() ? flipped(resized) : resized;
    }

    /** A cut of 224 pixels from the middle of an image whose shorter side has been resized to 256, or in proportion. */
    private byte[] centre(Pixels pixels) {
        Region whole = Region.whole(pixels.width(), pixels.height());
        int side = (int) Math.round(Math.min(height, width) * 256 / 224.0);
        int shorter = Math.min(whole.width(), whole.height());
        int longer = (int) ((long) side * Math.max(whole.width(), whole.height()) / shorter);
        boolean upright = whole.width() <= whole.height();
        return resized(pixels, whole, upright ? longer : side, upright ? side : longer);
    }

    /** Resizes a region and cuts the result from the middle of that. */
    private byte[] resized(Pixels pixels, Region region, int toHeight, int toWidth) {
        Resampling across = new Resampling(region.width(), toWidth, middle(toWidth, width), width);
        Resampling down = new Resampling(region.height(), toHeight, middle(toHeight, height), height);
        int count = across.end() - across.begin();
        byte[] row = new byte[CHANNELS * count];
        int length = CHANNELS * width;
        byte[] rows = new byte[(down.end() - down.begin()) * length];
        for (int y = down.begin(); y < down.end(); y++) {
            pixels.row(region.y() + y, region.x() + across.begin(), count, row);
            across.row(row, rows, (y - down.begin()) * length);
        }
        return down.columns(rows, length);
    }

    /** Where a cut begins: at half a pixel, at the even one, as Python rounds. */
    private static int middle(int whole, int cut) {
        return (int) Math.rint((whole - cut) / 2.0);
    }

    private byte[] flipped(byte[] image) {
        byte[] flipped = new byte[image.length];
        for (int pixel = 0; pixel < height * width; pixel++) {
            int x = pixel % width;
            int mirrored = pixel - x + width - 1 - x;
            System.arraycopy(image, CHANNELS * pixel, flipped, CHANNELS * mirrored, CHANNELS);
        }
        return flipped;
    }

    static Pixels read(byte[] image) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("is not an image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                return read(reader, in, image);
            } catch (RuntimeException e) {
                // Readers meet damaged images with whatever their arithmetic throws.
                throw new IOException("is a damaged image (" + e + ")", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Pixels read(ImageReader reader, ImageInputStream in, byte[] image) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        reader.setInput(in, true, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new IOException("announces %d pixels, expected at most %d".formatted(pixels, MOST_PIXELS));
        }
        Optional<JpegColours> colours = JpegColours.of(image);
        // Read as colours, a JPEG with a profile would be converted to sRGB.
        Pixels decoded =
                colours.isPresent() ? colours.get().pixels(reader.readRaster(0, null)) : Pixels.of(reader.read(0));
        // What is missing at the end of a JPEG is filled with grey, and only a warning tells.
        for (String warning : warnings) {
            if (warning.contains("EOI") || warning.contains("Premature end")) {
                throw new IOException("is truncated (%s)".formatted(warning));
            }
        }
        return decoded;
    }
}
