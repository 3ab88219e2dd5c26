package normlab.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidenceTest {
    @Test
    void whatIsTakenInTheFirstHalfAndKeptIsFlat() {
        Residence residence = residence(epoch -> Math.min(900, 500 + 10 * epoch));
        assertThat(residence.growthOfSecondHalf()).isZero();
        assertThat(residence.flat()).isTrue();
    }

    @Test
    void halfAMebibyteAnEpochIsGrowth() {
        Residence residence = residence(epoch -> 900 + 0.5 * epoch);
        assertThat(residence.growthOfSecondHalf()).isCloseTo(50, within(1e-9));
        assertThat(residence.flat()).isFalse();
    }

    @Test
    void tooFewEpochsSayNothing() {
        assertThatThrownBy(() -> new Residence(List.of(1.0, 2.0)))
                .hasMessageContaining("2 epochs, expected 20 or more");
    }

    private static Residence residence(DoubleUnaryOperator mebibytes) {
        return new Residence(IntStream.range(0, 200)
                .mapToObj(epoch -> mebibytes.applyAsDouble(epoch))
                .toList());
    }
}
