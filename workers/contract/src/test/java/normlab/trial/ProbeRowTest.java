package normlab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.Json;
import normlab.trial.ProbeRow.Estimate;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.ProbeRow.Moments;
import normlab.trial.ProbeRow.Occasion;
import org.junit.jupiter.api.Test;

class ProbeRowTest {
    private static final Moments MOMENTS =
            new Moments(new Estimate(2, 0.1), new Estimate(1.5, 0.2), new Estimate(-0.5, Double.NaN));

    @Test
    void aRowIsReadBackAsItWasWritten() {
        ProbeRow row = row(ProbeRow.VERSION, List.of(new Occasion(Kind.FRACTION, 0.1)));
        assertThat(Json.read(Json.bytes(row), ProbeRow.class, "row")).isEqualTo(row);
    }

    @Test
    void everyNumberHasANameThatTellsWhatItIs() {
        assertThat(row(ProbeRow.VERSION, List.of(new Occasion(Kind.RATE_DROP, 0.2)))
                        .numbers())
                .containsEntry("gradient.total.secondMoment.value", 2.0)
                .containsEntry("gradient.layers.conv1.weight.variance.standardError", 0.2)
                .containsEntry("trainingLoss", 1.25)
                .containsEntry("gradient.scaleFree.squaredMean.value", -0.5)
                .doesNotContainKeys("version", "step", "at");
    }

    @Test
    void totalsLeaveOutWhatIsOfASingleLayer() {
        assertThat(row(ProbeRow.VERSION, List.of(new Occasion(Kind.FRACTION, 0.1)))
                        .totals())
                .containsKeys("gradient.total.variance.value", "gradient.scaleFree.variance.value", "trainingLoss")
                .allSatisfy((name, value) -> assertThat(name).doesNotContain("conv1"));
    }

    @Test
    void aRowOfAnotherVersionOrWithoutAnOccasionIsRefused() {
        assertThatThrownBy(() -> row(3, List.of(new Occasion(Kind.FRACTION, 0))))
                .hasMessage("version is 3, this build reads 1 to 2");
        assertThatThrownBy(() -> row(1, List.of())).hasMessageContaining("occasions");
    }

    private static ProbeRow row(int version, List<Occasion> occasions) {
        return new ProbeRow(
                version,
                64,
                0.4,
                Instant.parse("2026-11-23T09:30:00Z"),
                occasions,
                0.08,
                32,
                1.25,
                1.5e-7,
                Optional.of(
                        new GradientMoments(32, MOMENTS, MOMENTS, Map.of("conv1.weight", MOMENTS), Map.of("a", 1.0))),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                32,
                0.5);
    }
}
