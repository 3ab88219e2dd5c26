package normlab.learning.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import normlab.experiment.Probes;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.ProbeRow.Occasion;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {
    private static final Probes PROBES = new Probes(
            List.of(0.0, 0.1, 1.0),
            List.of(1.0, 0.5),
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final ProbeSchedule occasions = new ProbeSchedule(Optional.of(PROBES), 105, step -> step < 50 ? 0.1 : 0.02);

    @Test
    void fractionsAreThoseOfTheStepsWithTheFirstAndTheLast() {
        assertThat(LongStream.rangeClosed(0, 105)
                        .filter(step -> occasions.due(step, Double.NaN, List.of()).stream()
                                .anyMatch(o -> o.kind() == Kind.FRACTION))
                        .boxed())
                .containsExactly(0L, 11L, 105L);
    }

    @Test
    void aDropOfTheRateIsProbedJustBeforeIt() {
        assertThat(occasions.due(50, Double.NaN, List.of()))
                .singleElement()
                .satisfies(o -> assertThat(o.kind()).isEqualTo(Kind.RATE_DROP))
                .satisfies(o -> assertThat(o.value()).isCloseTo(0.2, within(1e-12)));
    }

    @Test
    void aCosineHasNoDrops() {
        ProbeSchedule cosine = new ProbeSchedule(Optional.of(PROBES), 105, s -> 1 + Math.cos(Math.PI * s / 105));
        assertThat(LongStream.range(1, 105)
                        .mapToObj(s -> cosine.due(s, Double.NaN, List.of()))
                        .flatMap(List::stream))
                .noneMatch(o -> o.kind() == Kind.RATE_DROP);
    }

    @Test
    void aLevelOfTheLossIsProbedOnceAlsoWhereTwoAreReachedTogether() {
        assertThat(occasions.due(20, 1.01, List.of())).isEmpty();
        List<Occasion> both = occasions.due(20, 0.4, List.of());
        assertThat(both).extracting(Occasion::value).containsExactly(1.0, 0.5);
        assertThat(occasions.due(21, 0.4, List.of(row(both)))).isEmpty();
        assertThat(occasions.awaitsALoss(List.of(row(both)))).isFalse();
        assertThat(occasions.awaitsALoss(List.of(row(both.subList(0, 1))))).isTrue();
    }

    private static ProbeRow row(List<Occasion> occasions) {
        return new ProbeRow(
                1,
                20,
                0.2,
                Instant.EPOCH,
                occasions,
                0.1,
                1,
                0.4,
                0.4,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                0);
    }
}
