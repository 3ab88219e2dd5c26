package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SpeedTest {
    @Test
    void theLogAucIsTheMeanLogarithm() {
        assertThat(new LossCurve(List.of(Math.E, 1.0, 1 / Math.E, Math.exp(-2))).logAuc())
                .isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void aLevelIsReachedByTheFirstEpochAtOrBelowIt() {
        LossCurve curve = new LossCurve(List.of(2.0, 1.0, 0.5, 0.7));
        assertThat(curve.epochsTo(1)).hasValue(2);
        assertThat(curve.epochsTo(0.6)).hasValue(3);
        assertThat(curve.epochsTo(0.1)).isEmpty();
    }

    @Test
    void runsThatNeverReachALevelCountAsLaterThanAllOthers() {
        OptionalInt never = OptionalInt.empty();
        TimeToLevel most = TimeToLevel.of(List.of(OptionalInt.of(4), never, OptionalInt.of(2)));
        assertThat(most.reached()).isEqualTo(2);
        assertThat(most.median()).hasValue(4);
        assertThat(TimeToLevel.of(List.of(OptionalInt.of(1), never)).median()).isEmpty();
        assertThat(TimeToLevel.of(List.of(never)).median()).isEmpty();
    }

    @Test
    void aCurveWithADivergedEpochIsRefused() {
        assertThatThrownBy(() -> new LossCurve(List.of(1.0, Double.NaN))).hasMessageContaining("NaN");
    }
}
