package normlab.dataset.shard;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

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
    /**
     * @param random where the cut is taken from and whether it is flipped; none: the centre, as it is
     * @return height · width · 3 bytes, red, green and blue of each pixel side by side
     * @throws IOException if these bytes are not a whole image
     */
    public byte[] decode(byte[] image, Optional<SplittableRandom> random) throws IOException {
        Pixels pixels = SourceImage.read(image).pixels();
        return random.map(r -> cut(pixels, Region.random(pixels.width(), pixels.height(), r)))
                .orElseGet(() -> centre(pixels));
    }

    /** The region, resized and flipped. */
    byte[] cut(Pixels pixels, Region region) {
        byte[] resized = resized(pixels, region, height, width);
        return region.flipped() ? flipped(resized) : resized;
    }

    /** A cut of 224 pixels from the middle of an image whose shorter side has been resized to 256, or in proportion. */
    byte[] centre(Pixels pixels) {
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
}
