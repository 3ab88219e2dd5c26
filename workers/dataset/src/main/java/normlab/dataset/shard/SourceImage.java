package normlab.dataset.shard;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The image of a file: JPEG in grey, RGB, CMYK and YCCK, PNG, BMP, GIF or WebP, whatever the file's name says.
 *
 * @param isGrey whether it is stored in one channel
 * @param loss what of the file the pixels do not show: transparency, more than 8 bits or further images; or nothing
 */
public record SourceImage(Pixels pixels, boolean isGrey, Optional<String> loss) {
    /** More than any photograph of ILSVRC2012 has (28 million); a small file may announce far more. */
    static final long MOST_PIXELS = 1L << 25;

    /** So many are decoded one image at a time: decoders of several threads share a small heap. */
    private static final long MANY_PIXELS = 1L << 23;

    private static final ReentrantLock MANY = new ReentrantLock();

    /** @throws IOException if these bytes are not a whole image */
    public static SourceImage read(byte[] file) throws IOException {
        WebpFile.check(file);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("is not an image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                return read(reader, in, file);
            } catch (RuntimeException e) {
                // Readers meet damaged images with whatever their arithmetic throws.
                throw new IOException("is a damaged image (" + e + ")", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static SourceImage read(ImageReader reader, ImageInputStream in, byte[] file) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        boolean mayBeAnimated = reader.getFormatName().equalsIgnoreCase("gif");
        reader.setInput(in, !mayBeAnimated, true);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MOST_PIXELS) {
            throw new IOException("announces %d pixels, expected at most %d".formatted(pixels, MOST_PIXELS));
        }
        SourceImage image = pixels > MANY_PIXELS ? alone(reader, file) : decoded(reader, file);
        // What is missing at the end of a JPEG is filled with grey, and only a warning tells.
        for (String warning : warnings) {
            if (warning.contains("EOI") || warning.contains("Premature end")) {
                throw new IOException("is truncated (%s)".formatted(warning));
            }
        }
        boolean animated = mayBeAnimated && reader.getNumImages(true) > 1;
        return animated ? new SourceImage(image.pixels(), image.isGrey(), Optional.of("is animated")) : image;
    }

    private static SourceImage alone(ImageReader reader, byte[] file) throws IOException {
        MANY.lock();
        try {
            return decoded(reader, file);
        } finally {
            MANY.unlock();
        }
    }

    private static SourceImage decoded(ImageReader reader, byte[] file) throws IOException {
        Optional<StoredColours> jpeg = JpegColours.of(file);
        return jpeg.isPresent() ? of(reader.readRaster(0, null), jpeg.get()) : of(reader.read(0));
    }

    /** Read as colours, a JPEG with a profile would be converted to sRGB. */
    private static SourceImage of(Raster raster, StoredColours colours) {
        return new SourceImage(
                new Pixels(Pixels.Samples.of(raster), colours), colours == StoredColours.GREY, Optional.empty());
    }

    private static SourceImage of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean grey = !(model instanceof IndexColorModel) && model.getNumColorComponents() == 1;
        Optional<String> loss = Optional.empty();
        if (model.getComponentSize(0) > 8) {
            loss = Optional.of("has %d bits for each value".formatted(model.getComponentSize(0)));
        } else if (model.hasAlpha() && isTransparent(image)) {
            loss = Optional.of("has transparent pixels");
        }
        return new SourceImage(Pixels.of(image), grey, loss);
    }

    private static boolean isTransparent(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int colour : row) {
                if (colour >>> 24 != 0xFF) {
                    return true;
                }
            }
        }
        return false;
    }

    public int width() {
        return pixels.width();
    }

    public int height() {
        return pixels.height();
    }

    /** Hands over the rows, red, green and blue of each pixel side by side, always in the same array. */
    public void rows(Consumer<byte[]> consumer) {
        byte[] row = new byte[3 * width()];
        for (int y = 0; y < height(); y++) {
            pixels.row(y, 0, width(), row);
            consumer.accept(row);
        }
    }

    /** All pixels, row by row: red, green and blue of each, or its luma. */
    public byte[] values(int channels) {
        ByteBuffer rgb = ByteBuffer.allocate(3 * width() * height());
        rows(rgb::put);
        return channels == 3 ? rgb.array() : luma(rgb.array());
    }

    /** What a network of this input sees in evaluation. */
    public byte[] centre(int toHeight, int toWidth) {
        return new ImageDecoder(toHeight, toWidth).centre(pixels);
    }

    /** The largest part from the middle that has the sides' ratio, scaled to these sides as torchvision scales. */
    public byte[] scaled(int toHeight, int toWidth, int channels) {
        if (height() == toHeight && width() == toWidth) {
            return values(channels);
        }
        int w = (int) Math.min(width(), Math.max(1, Math.round((double) height() * toWidth / toHeight)));
        int h = (int) Math.min(height(), Math.max(1, Math.round((double) width() * toHeight / toWidth)));
        Region middle = new Region((width() - w) / 2, (height() - h) / 2, w, h, false);
        byte[] rgb = new ImageDecoder(toHeight, toWidth).cut(pixels, middle);
        return channels == 3 ? rgb : luma(rgb);
    }

    /** The brightness of each pixel, as Pillow computes it; of grey, the grey. */
    private static byte[] luma(byte[] rgb) {
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            int sum = 19595 * (rgb[3 * i] & 0xFF) + 38470 * (rgb[3 * i + 1] & 0xFF) + 7471 * (rgb[3 * i + 2] & 0xFF);
            grey[i] = (byte) (sum + 0x8000 >> 16);
        }
        return grey;
    }
}
