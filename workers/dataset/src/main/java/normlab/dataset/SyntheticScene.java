package normlab.dataset;

import java.util.SplittableRandom;

/**
 * One synthetic image: a shape with a texture, at a random place, size and angle, in random colours on a gradient between
 * two more, under noise. Shape and texture are the class; nothing else tells it.
 */
final class SyntheticScene {
    /** Five shapes in two textures; class n is shape n / 2 in texture n mod 2. */
    static final int CLASSES = Shape.values().length * Texture.values().length;

    /** Standard deviation of the noise, where 1 is the step from black to white. */
    private static final double NOISE = 0.2;
    /** Width of a stripe, where 1 is half the shape's size. */
    private static final double STRIPE = 0.4;

    private final int height;
    private final int width;
    private final Shape shape;
    private final Texture texture;
    private final SplittableRandom random;
    private final double centreX;
    private final double centreY;
    private final double cosine;
    private final double sine;
    private final double[] background;
    private final double[] backgroundFar;
    private final double[] light;
    private final double[] dark;

    private enum Shape {
        DISC {
            @Override
            boolean covers(double u, double v) {
                return u * u + v * v < 0.9;
            }
        },
        SQUARE {
            @Override
            boolean covers(double u, double v) {
                return Math.max(Math.abs(u), Math.abs(v)) < 0.8;
            }
        },
        TRIANGLE {
            @Override
            boolean covers(double u, double v) {
                return v < 0.6 && v > 1.8 * Math.abs(u) - 1.0;
            }
        },
        CROSS {
            @Override
            boolean covers(double u, double v) {
                double across = Math.min(Math.abs(u), Math.abs(v));
                return across < 0.35 && Math.max(Math.abs(u), Math.abs(v)) < 1;
            }
        },
        RING {
            @Override
            boolean covers(double u, double v) {
                double square = u * u + v * v;
                return square > 0.3 && square < 1.1;
            }
        };

        /** @param u and v where the shape reaches from about −1 to 1 */
        abstract boolean covers(double u, double v);
    }

    private enum Texture {
        STRIPED {
            @Override
            boolean isLight(int column, int row) {
                return (column & 1) == 0;
            }
        },
        CHECKED {
            @Override
            boolean isLight(int column, int row) {
                return ((column ^ row) & 1) == 0;
            }
        };

        abstract boolean isLight(int column, int row);
    }

    /** @param label 0 to {@link #CLASSES} − 1 */
    SyntheticScene(int height, int width, int label, SplittableRandom random) {
        this.height = height;
        this.width = width;
        this.shape = Shape.values()[label / Texture.values().length];
        this.texture = Texture.values()[label % Texture.values().length];
        this.random = random;
        this.centreX = width * random.nextDouble(0.35, 0.65);
        this.centreY = height * random.nextDouble(0.35, 0.65);
        double size = Math.min(height, width) * random.nextDouble(0.26, 0.4);
        double angle = random.nextDouble(0, 2 * Math.PI);
        // StrictMath: the same bits on every machine.
        this.cosine = StrictMath.cos(angle) / size;
        this.sine = StrictMath.sin(angle) / size;
        this.background = colour();
        this.backgroundFar = colour();
        double[] mean = colour();
        this.light = shifted(mean, 0.25);
        this.dark = shifted(mean, -0.25);
    }

    private double[] colour() {
        return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
    }

    private static double[] shifted(double[] colour, double by) {
        return new double[] {colour[0] + by, colour[1] + by, colour[2] + by};
    }

    /** Writes the pixels row by row, red, green and blue of each side by side, beginning at {@code from}. */
    void paint(byte[] pixels, int from) {
        int to = from;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                to = pixel(x + 0.5 - centreX, y + 0.5 - centreY, (double) (x + y) / (height + width), pixels, to);
            }
        }
    }

    private int pixel(double x, double y, double along, byte[] pixels, int from) {
        double u = cosine * x + sine * y;
        double v = cosine * y - sine * x;
        boolean covered = shape.covers(u, v);
        boolean isLight = texture.isLight((int) Math.floor(u / STRIPE), (int) Math.floor(v / STRIPE));
        for (int channel = 0; channel < 3; channel++) {
            double ground = background[channel] + along * (backgroundFar[channel] - background[channel]);
            double clean = covered ? (isLight ? light : dark)[channel] : ground;
            double value = 255 * (clean + NOISE * noise());
            pixels[from + channel] = (byte) Math.round(Math.min(255, Math.max(0, value)));
        }
        return from + 3;
    }

    /** Close to a standard normal: the sum of four uniform numbers out of one draw. */
    private double noise() {
        long draw = random.nextLong();
        long sum = (draw & 0xFFFF) + (draw >>> 16 & 0xFFFF) + (draw >>> 32 & 0xFFFF) + (draw >>> 48);
        return (sum / 65_536.0 - 2) * Math.sqrt(3);
    }
}
