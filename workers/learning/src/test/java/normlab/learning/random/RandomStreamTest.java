package normlab.learning.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void theSameNameGivesTheSameNumbersAndAnyOtherNameOthers() {
        assertThat(first(3, "order", 1)).isEqualTo(first(3, "order", 1));
        assertThat(LongStream.of(
                        first(3, "order", 1),
                        first(4, "order", 1),
                        first(3, "orders", 1),
                        first(3, "order", 2),
                        first(3, "redro", 1)))
                .doesNotHaveDuplicates();
    }

    /** A golden value: if it moves, every trial's bytes move. */
    @Test
    void theStreamIsFixedForGood() {
        RandomStream stream = RandomStream.of(1, "initial-weights", 0);
        assertThat(stream.nextLong()).isEqualTo(GOLDEN_LONG);
        assertThat(stream.nextNormal()).isEqualTo(GOLDEN_NORMAL);
    }

    @Test
    void normalDrawsHaveTheMomentsOfTheStandardNormal() {
        RandomStream stream = RandomStream.of(7, "moments", 0);
        double[] draws =
                DoubleStream.generate(stream::nextNormal).limit(200_000).toArray();
        double mean = Arrays.stream(draws).average().orElseThrow();
        double variance = Arrays.stream(draws).map(x -> x * x).average().orElseThrow();
        double fourth = Arrays.stream(draws).map(x -> x * x * x * x).average().orElseThrow();
        // Four standard errors of each estimate.
        assertThat(mean).isCloseTo(0, within(4 / Math.sqrt(200_000)));
        assertThat(variance).isCloseTo(1, within(4 * Math.sqrt(2.0 / 200_000)));
        assertThat(fourth).isCloseTo(3, within(4 * Math.sqrt(96.0 / 200_000)));
    }

    @Test
    void aPermutationHoldsEveryIndexOnceAndEachPlaceIsEquallyLikely() {
        RandomStream stream = RandomStream.of(7, "order", 1);
        int[] firstPlace = new int[6];
        for (int i = 0; i < 6000; i++) {
            long[] order = stream.permutation(6);
            assertThat(Arrays.stream(order).sorted().toArray()).containsExactly(0, 1, 2, 3, 4, 5);
            firstPlace[(int) order[0]]++;
        }
        assertThat(Arrays.stream(firstPlace).boxed())
                .allSatisfy(n -> assertThat(n).isBetween(880, 1120));
    }

    private static long first(long seed, String purpose, long index) {
        return RandomStream.of(seed, purpose, index).nextLong();
    }

    private static final long GOLDEN_LONG = 2079124890720196366L;
    private static final double GOLDEN_NORMAL = -0.05303337685922811;
}
