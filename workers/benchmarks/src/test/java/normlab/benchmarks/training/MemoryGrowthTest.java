package normlab.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryGrowthTest {
    @Test
    void whatIsTakenInTheFirstHalfAndKeptIsFlat() {
        MemoryGrowth growth = growth(epoch -> Math.min(900, 500 + 10 * epoch));
        assertThat(growth.growthOfSecondHalf()).isZero();
        assertThat(growth.flat()).isTrue();
    }

    @Test
    void halfAMebibyteAnEpochIsGrowth() {
        MemoryGrowth growth = growth(epoch -> 900 + 0.5 * epoch);
        assertThat(growth.growthOfSecondHalf()).isCloseTo(50, within(1e-9));
        assertThat(growth.flat()).isFalse();
    }

    @Test
    void tooFewEpochsSayNothing() {
        assertThatThrownBy(() -> new MemoryGrowth(List.of(1.0, 2.0)))
                .hasMessageContaining("2 epochs, expected 20 or more");
    }

    private static MemoryGrowth growth(DoubleUnaryOperator mebibytes) {
        return new MemoryGrowth(IntStream.range(0, 200)
                .mapToObj(epoch -> mebibytes.applyAsDouble(epoch))
                .toList());
    }
}
