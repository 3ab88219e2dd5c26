package normlab.learning.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import normlab.trial.Scores;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    @Test
    void lossAndRanksAreThoseOfTheDefinition() {
        ConfusionMatrix tally = new ConfusionMatrix(6);
        tally.add(new float[] {3, 1, 0, 0, 0, 0}, 0);
        tally.add(new float[] {3, 1, 0, 0, 0, -1}, 5);
        tally.add(new float[] {0, 0, 0, 0, 0, 0}, 4);
        Scores scores = tally.scores();
        double first = Math.log(Math.exp(3) + Math.exp(1) + 4) - 3;
        double second = Math.log(Math.exp(3) + Math.exp(1) + 3 + Math.exp(-1)) + 1;
        assertThat(scores.loss()).isCloseTo((first + second + Math.log(6)) / 3, within(1e-6));
        assertThat(scores.top1()).isEqualTo(1.0 / 3);
        assertThat(scores.top5()).isEqualTo(2.0 / 3);
        assertThat(scores.perClass()).containsExactly(1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        assertThat(scores.confusion().get(5)).isEqualTo(List.of(1, 0, 0, 0, 0, 0));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        ConfusionMatrix tally = new ConfusionMatrix(2);
        tally.add(new float[] {1000, -1000}, 1);
        assertThat(tally.scores().loss()).isEqualTo(2000);
    }
}
