package normlab.report.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import normlab.report.stats.PairedDifference;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final PairedDifference RAISED = PairedDifference.of(List.of(1.0, 1.1, 0.9, 1.2, 0.8));
    private static final PairedDifference UNCLEAR = PairedDifference.of(List.of(1.0, -1.1, 0.9, -1.2, 0.8));

    @Test
    void onlyWhatSurvivesHolmIsBetterOrWorse() {
        assertThat(Verdict.of(RAISED, OptionalDouble.of(0.049), true)).isEqualTo(Verdict.BETTER);
        assertThat(Verdict.of(RAISED, OptionalDouble.of(0.051), true)).isEqualTo(Verdict.LEANS_BETTER);
    }

    @Test
    void aRaisedLossIsWorse() {
        assertThat(Verdict.of(RAISED, OptionalDouble.of(0.01), false)).isEqualTo(Verdict.WORSE);
        assertThat(Verdict.of(RAISED, OptionalDouble.of(0.2), false)).isEqualTo(Verdict.LEANS_WORSE);
    }

    @Test
    void anIntervalAroundZeroShowsNoDifference() {
        assertThat(Verdict.of(UNCLEAR, OptionalDouble.of(0.9), true)).isEqualTo(Verdict.NO_DIFFERENCE);
    }

    @Test
    void onePairIsNotJudged() {
        PairedDifference one = PairedDifference.of(List.of(30.0));
        assertThat(Verdict.of(one, OptionalDouble.empty(), true)).isEqualTo(Verdict.NOT_JUDGED);
    }
}
