package normlab.dataset.shard;

import java.util.SplittableRandom;

/**
 * The part of an image that is scaled to the network's input, in pixels of the image.
 *
 * @param flipped whether left and right are exchanged afterwards
 */
public record Region(int x, int y, int width, int height, boolean flipped) {
    private static final int TRIES = 10;
    private static final double SMALLEST_AREA = 0.08;
    private static final double WIDEST = 4.0 / 3;

    static Region whole(int width, int height) {
        return new Region(0, 0, width, height, false);
    }

    /**
     * A random part of 8 % to 100 % of the area with sides of 3:4 to 4:3 (Szegedy et al. 2015, section 6), flipped half of
     * the time. Where none of ten tries fits, the largest centred part with admissible sides.
     */
    public static Region random(int width, int height, SplittableRandom random) {
        boolean flipped = random.nextBoolean();
        for (int i = 0; i < TRIES; i++) {
            double area = (double) width * height * random.nextDouble(SMALLEST_AREA, 1);
            // StrictMath: the same bits on every machine.
            double aspect = StrictMath.exp(random.nextDouble(-StrictMath.log(WIDEST), StrictMath.log(WIDEST)));
            int w = (int) Math.round(Math.sqrt(area * aspect));
            int h = (int) Math.round(Math.sqrt(area / aspect));
            if (w >= 1 && h >= 1 && w <= width && h <= height) {
                int x = random.nextInt(width - w + 1);
                int y = random.nextInt(height - h + 1);
                return new Region(x, y, w, h, flipped);
            }
        }
        int w = (int) Math.min(width, Math.round(height * WIDEST));
        int h = (int) Math.min(height, Math.round(width * WIDEST));
        return new Region((width - w) / 2, (height - h) / 2, w, h, flipped);
    }
}
