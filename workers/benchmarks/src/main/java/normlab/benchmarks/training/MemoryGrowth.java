package normlab.benchmarks.training;

import static normlab.json.Checks.check;

import java.util.List;

/**
 * Resident memory of a training over its epochs.
 *
 * @param mebibytes after each epoch
 */
public record MemoryGrowth(List<Double> mebibytes) {
    /** What the system counts differently from one look to the next, as a share of the whole. */
    private static final double NOISE = 0.01;

    private static final int MEAN_OF = 5;

    public MemoryGrowth {
        check(mebibytes.size() >= 4 * MEAN_OF, "%s epochs, expected %s or more", mebibytes.size(), 4 * MEAN_OF);
        mebibytes = List.copyOf(mebibytes);
    }

    /** MiB by which memory grew from the middle of the epochs to their end. */
    public double growthOfSecondHalf() {
        int count = mebibytes.size();
        return mean(count - MEAN_OF) - mean(count / 2 - MEAN_OF);
    }

    public boolean flat() {
        return growthOfSecondHalf() <= NOISE * mebibytes.getLast();
    }

    private double mean(int from) {
        return mebibytes.subList(from, from + MEAN_OF).stream()
                .mapToDouble(m -> m)
                .average()
                .orElseThrow();
    }
}
