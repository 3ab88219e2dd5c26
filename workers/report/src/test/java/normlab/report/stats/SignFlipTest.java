package normlab.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignFlipTest {
    @Test
    void mixedSignsAgreeWithScipy() {
        // scipy.stats.permutation_test((d,), np.mean, permutation_type='samples', n_resamples=np.inf).pvalue
        assertThat(SignFlip.p(List.of(1.2, -0.4, 2.5, 0.3, -0.9, 1.1))).hasValueCloseTo(0.28125, within(0.0));
    }

    @Test
    void zeroDifferencesGiveOne() {
        assertThat(SignFlip.p(List.of(0.0, 0.0, 0.0))).hasValueCloseTo(1.0, within(0.0));
    }

    @Test
    void tooFewAndTooManyPairsGiveNothing() {
        assertThat(SignFlip.p(List.of(1.0))).isEmpty();
        assertThat(SignFlip.p(Collections.nCopies(SignFlip.LARGEST + 1, 1.0))).isEmpty();
    }
}
