package normlab.dataset.shard;

import com.twelvemonkeys.image.ResampleOp;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes one image and cuts and scales it to the network's input. JPEG in grey, RGB, CMYK and YCCK and PNG are read,
 * whatever their names say: ILSVRC2012 has some of each.
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
        BufferedImage decoded = read(image);
        Region region = random.map(r -> Region.random(decoded.getWidth(), decoded.getHeight(), r))
                .orElseGet(() -> Region.centre(decoded.getWidth(), decoded.getHeight()));
        BufferedImage part = colour(decoded, region);
        BufferedImage scaled = new ResampleOp(width, height, ResampleOp.FILTER_TRIANGLE).filter(part, null);
        return bytes(scaled, region.flipped());
    }

    private static BufferedImage read(byte[] image) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("is no image of a known format");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new IOException("announces %d pixels, expected at most %d".formatted(pixels, MOST_PIXELS));
                }
                return reader.read(0);
            } catch (RuntimeException e) {
                // Readers meet damaged images with whatever their arithmetic throws.
                throw new IOException("is a damaged image (" + e + ")", e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The region in three 8-bit channels. */
    private static BufferedImage colour(BufferedImage image, Region region) {
        BufferedImage part = image.getSubimage(region.x(), region.y(), region.width(), region.height());
        BufferedImage result = new BufferedImage(region.width(), region.height(), BufferedImage.TYPE_3BYTE_BGR);
        Raster raster = part.getRaster();
        if (raster.getNumBands() == 1 && image.getColorModel().getPixelSize() == 8 && !isIndexed(image)) {
            // Java takes grey for linear light and would brighten it: the value itself is wanted, three times.
            int[] row = new int[region.width()];
            for (int y = 0; y < region.height(); y++) {
                raster.getSamples(raster.getMinX(), raster.getMinY() + y, region.width(), 1, 0, row);
                for (int band = 0; band < CHANNELS; band++) {
                    result.getRaster().setSamples(0, y, region.width(), 1, band, row);
                }
            }
        } else {
            Graphics2D graphics = result.createGraphics();
            graphics.drawImage(part, 0, 0, null);
            graphics.dispose();
        }
        return result;
    }

    private static boolean isIndexed(BufferedImage image) {
        return image.getColorModel() instanceof IndexColorModel;
    }

    private byte[] bytes(BufferedImage image, boolean flipped) {
        int[] pixels = image.getRGB(0, 0, width, height, new int[width * height], 0, width);
        byte[] bytes = new byte[CHANNELS * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % width;
            int to = CHANNELS * (flipped ? i - x + width - 1 - x : i);
            bytes[to] = (byte) (pixels[i] >> 16);
            bytes[to + 1] = (byte) (pixels[i] >> 8);
            bytes[to + 2] = (byte) pixels[i];
        }
        return bytes;
    }
}
