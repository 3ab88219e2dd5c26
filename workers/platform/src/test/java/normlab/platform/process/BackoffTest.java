package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);

    private final Backoff backOff = Backoff.standard();

    @Test
    void pausesDoubleUpToThirtySeconds() {
        assertThat(IntStream.range(0, 7)
                        .mapToLong(i -> backOff.afterDeath(SHORT_LIFE).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void tenSecondsUpMakeThePauseShortAgain() {
        IntStream.range(0, 5).forEach(i -> backOff.afterDeath(SHORT_LIFE));
        assertThat(backOff.afterDeath(Duration.ofSeconds(10)).toSeconds()).isEqualTo(1);
        assertThat(backOff.afterDeath(SHORT_LIFE).toSeconds()).isEqualTo(2);
    }
}
