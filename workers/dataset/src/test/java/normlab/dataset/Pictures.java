package normlab.dataset;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Encoded images of one colour, in the kinds of which ILSVRC2012 has some. */
public final class Pictures {
    private Pictures() {}

    public static byte[] jpeg(int width, int height, int rgb) {
        return encoded(filled(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), rgb), "jpg");
    }

    public static byte[] png(int width, int height, int rgb) {
        return encoded(filled(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), rgb), "png");
    }

    /** @param value of every pixel, 0 to 255 */
    public static byte[] greyJpeg(int width, int height, int value) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, value);
            }
        }
        return encoded(image, "jpg");
    }

    /**
     * As Photoshop writes it, with the values of the inks inverted.
     *
     * @param transform 0 for CMYK, 2 for YCCK
     * @param components the four values that are stored, 0 to 255
     */
    public static byte[] adobeJpeg(int width, int height, int transform, int... components) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, components);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] plain = out.toByteArray();
        byte[] mark = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        return ByteBuffer.allocate(plain.length + mark.length)
                .put(plain, 0, 2)
                .put(mark)
                .put(plain, 2, plain.length - 2)
                .array();
    }

    /** Edges, gradients and wrapped values: pixel (x, y) of channel c is 37 x + 91 y + 53 c + 7 x y modulo 256. */
    public static byte[] pattern(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int value = 37 * x + 91 * y + 7 * x * y;
                image.setRGB(x, y, (value & 255) << 16 | (value + 53 & 255) << 8 | value + 106 & 255);
            }
        }
        return encoded(image, "png");
    }

    /** Noise, which compresses badly: its data goes on to the end of the file. */
    public static byte[] noisyJpeg(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return encoded(image, "jpg");
    }

    /** A JPEG with one more segment, in front of all others. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        return ByteBuffer.allocate(jpeg.length + 4 + content.length)
                .put(jpeg, 0, 2)
                .putShort((short) marker)
                .putShort((short) (2 + content.length))
                .put(content)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** Left half of one colour, right half of another. */
    public static byte[] halves(int width, int height, int left, int right) {
        BufferedImage image = filled(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), left);
        for (int y = 0; y < height; y++) {
            for (int x = width / 2; x < width; x++) {
                image.setRGB(x, y, right);
            }
        }
        return encoded(image, "png");
    }

    /** Two images of one size. */
    public static byte[] animatedGif(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (int grey : new int[] {0x000000, 0xFFFFFF}) {
                BufferedImage image = filled(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED), grey);
                writer.writeToSequence(new IIOImage(image, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage filled(BufferedImage image, int rgb) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
