package normlab.dataset.shard;

/** What the channels of an image mean, by the rules of libjpeg, which Pillow reads with. */
enum StoredColours implements Pixels.Colours {
    GREY {
        @Override
        public int rgb(int[] row, int at) {
            return row[at] * 0x010101;
        }
    },
    RGB {
        @Override
        public int rgb(int[] row, int at) {
            return packed(row[at], row[at + 1], row[at + 2]);
        }
    },
    /** Luma and two differences of colours. */
    YCBCR {
        @Override
        public int rgb(int[] row, int at) {
            int luma = row[at];
            int blue = row[at + 1] - 128;
            int red = row[at + 2] - 128;
            return packed(
                    clamped(luma + ((RED * red + HALF) >> BITS)),
                    clamped(luma + ((HALF - GREEN_OF_BLUE * blue - GREEN_OF_RED * red) >> BITS)),
                    clamped(luma + ((BLUE * blue + HALF) >> BITS)));
        }
    },
    /** Inks, stored as the light that they let through, as Adobe does. */
    CMYK {
        @Override
        public int rgb(int[] row, int at) {
            return printed(RGB.rgb(row, at), row[at + 3]);
        }
    },
    /** CMYK whose first three channels are stored as YCbCr, of the ink itself and not of the light. */
    YCCK {
        @Override
        public int rgb(int[] row, int at) {
            return printed(0xFFFFFF - YCBCR.rgb(row, at), row[at + 3]);
        }
    };

    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int RED = fixed(1.402);
    private static final int GREEN_OF_RED = fixed(0.71414);
    private static final int GREEN_OF_BLUE = fixed(0.34414);
    private static final int BLUE = fixed(1.772);

    private static int fixed(double factor) {
        return (int) (factor * (1 << BITS) + 0.5);
    }

    private static int packed(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    private static int clamped(int value) {
        return Math.min(Math.max(value, 0), 255);
    }

    /** @param light that the three colours let through @param black that black lets through */
    private static int printed(int light, int black) {
        return packed(product(light >> 16, black), product(light >> 8 & 0xFF, black), product(light & 0xFF, black));
    }

    /** a · b ÷ 255, rounded. */
    private static int product(int a, int b) {
        return (a * b + 127) / 255;
    }
}
