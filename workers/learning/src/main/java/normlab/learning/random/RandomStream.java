package normlab.learning.random;

/**
 * A stream of random numbers that depends on nothing but its seed and its name: never on the clock, on other streams,
 * or on the device. SplitMix64 (Steele, Lea and Flood 2014), since its definition fits here and cannot change with the
 * platform.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareNormal = Double.NaN;

    private RandomStream(long state) {
        this.state = state;
    }

    /**
     * @param seed of the trial
     * @param purpose what the numbers are for, such as {@code order}: adding one purpose moves no other
     * @param index position within the purpose, such as the epoch or the layer
     */
    public static RandomStream of(long seed, String purpose, long index) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < purpose.length(); i++) {
            state = mix(state + GOLDEN_GAMMA * (purpose.charAt(i) + 1L));
        }
        return new RandomStream(mix(state + GOLDEN_GAMMA * (index + 1)));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** 64 uniform bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), 53 bits. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 … bound − 1, without bias. */
    public int nextInt(int bound) {
        long bits;
        long value;
        do {
            bits = nextLong() >>> 1;
            value = bits % bound;
        } while (bits - value + (bound - 1) < 0);
        return (int) value;
    }

    /** Standard normal, by Marsaglia's polar method in {@link StrictMath}: the same bits on every platform. */
    public double nextNormal() {
        if (!Double.isNaN(spareNormal)) {
            double value = spareNormal;
            spareNormal = Double.NaN;
            return value;
        }
        double u;
        double v;
        double square;
        do {
            u = 2 * nextDouble() - 1;
            v = 2 * nextDouble() - 1;
            square = u * u + v * v;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spareNormal = v * factor;
        return u * factor;
    }

    /** The numbers 0 … size − 1 in random order (Fisher and Yates). */
    public long[] permutation(int size) {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
