package normlab.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aTrialInTrainingHasABarWithItsEpochLossAccuracySpeedAndTimeLeft() {
        List<String> lines = new LiveProgress(out, 200, NOON).lines(snapshot(running(5, 10)));
        assertThat(lines.getFirst())
                .contains("tanh-bn-s1")
                .contains("[============>")
                .contains("5/10")
                .contains("loss 0.512  acc 61.0 %  1,402 images/s  50 s left");
    }

    @Test
    void theCampaignHasABarWithWhatIsDoneCachedAndFailedAndItsEnd() {
        assertThat(new LiveProgress(out, 200, NOON)
                        .lines(snapshot(running(5, 10)))
                        .getLast())
                .contains("7/10 trials, 4 cached, 1 failed")
                .contains("12 min left, until 12:12");
    }

    @Test
    void linesAreCutToTheTerminalSoThatNoneWraps() {
        assertThat(new LiveProgress(out, 40, NOON).lines(snapshot(running(5, 10))))
                .allMatch(line -> line.length() < 40);
    }

    @Test
    void inEightyColumnsTheBarIsShorterAndTheTimeLeftStillShown() {
        assertThat(new LiveProgress(out, 80, NOON).lines(snapshot(running("sigmoid-cbn-s1", 5, 10))))
                .allMatch(line -> line.length() < 80)
                .first()
                .isEqualTo("sigmoid-cbn-s1 [====>   ] 5/10  loss 0.512  acc 61.0 %  1,402 img/s  50 s left");
    }

    @Test
    void whereEvenThatIsTooLongTheSpeedGoesFirst() {
        assertThat(new LiveProgress(out, 80, NOON)
                        .lines(snapshot(running("dual-plain-20-sigmoid-s1", 5, 10)))
                        .getFirst())
                .doesNotContain("/s")
                .endsWith("50 s left");
    }

    @Test
    void anEndOnAnotherDayIsSaidWithTheDay() {
        Progress.Snapshot tillTomorrow = new Progress.Snapshot(
                10, 1, 0, 0, List.of(running(5, 10)), Optional.of(Duration.ofHours(14)), Optional.empty());
        assertThat(new LiveProgress(out, 200, NOON).lines(tillTomorrow).getLast())
                .endsWith("14 h 00 min left, until Mon 02:00");
    }

    @Test
    void aTerminalThatDoesNotSayHowWideItIsHasBarsAllTheSame() {
        assertThat(new LiveProgress(out, 0, NOON)
                        .lines(snapshot(running(5, 10)))
                        .getFirst())
                .contains("tanh-bn-s1 [");
    }

    @Test
    void whatIsSaidScrollsAwayAboveTheBars() {
        try (LiveProgress live = new LiveProgress(out, 80, NOON)) {
            live.show(snapshot(running(5, 10)));
            written.reset();
            live.say("a server is up");
            assertThat(text())
                    .startsWith("\033[1A\033[1A\r\033[Ja server is up\n")
                    .contains("Campaign");
        }
    }

    @Test
    void inAPipeALineIsWrittenForEachEventAndEveryTenSecondsWithoutOne() {
        SteppedClock clock = new SteppedClock();
        PlainProgress plain = new PlainProgress(out, clock);
        plain.show(snapshot(running(5, 10)));
        plain.show(snapshot(running(6, 10)));
        assertThat(text()).isEqualTo("7/10 trials, about 12 min left\n");
        written.reset();
        for (int look = 0; look < 10; look++) {
            clock.pass(Duration.ofSeconds(2));
            plain.show(snapshot(running(6, 10)));
        }
        assertThat(text().lines())
                .as("in 20 seconds")
                .containsExactly(
                        "7/10 trials; tanh-bn-s1 is in epoch 7/10, about 12 min left",
                        "7/10 trials; tanh-bn-s1 is in epoch 7/10, about 12 min left");
    }

    @Test
    void inAPipeWhatACampaignWaitsForIsSaidEveryTenSecondsAndNotAtOnce() {
        SteppedClock clock = new SteppedClock();
        PlainProgress plain = new PlainProgress(out, clock);
        Progress.Snapshot waiting = Progress.Snapshot.waiting(Optional.of("plan waits for a worker"));
        plain.show(waiting);
        assertThat(text()).isEmpty();
        clock.pass(Duration.ofSeconds(8));
        plain.show(waiting);
        plain.show(waiting);
        assertThat(text()).isEqualTo("plan waits for a worker\n");
    }

    @Test
    void onATerminalWhatACampaignWaitsForStandsBelowTheBars() {
        LiveProgress live = new LiveProgress(out, 80, NOON);
        Optional<String> reason = Optional.of("3 of its trials wait for a slot");
        assertThat(live.lines(Progress.Snapshot.waiting(reason))).containsExactly(reason.get());
        assertThat(live.lines(new Progress.Snapshot(3, 0, 0, 0, List.of(), Optional.empty(), reason)))
                .hasSize(2)
                .last()
                .isEqualTo(reason.get());
    }

    @Test
    void trialsThatAreEvaluatedOrWaitForItTakeTimeToo() {
        Pace pace = new Pace();
        pace.ended(50, 10);
        assertThat(pace.remaining(0, List.of(running(10, 10)))).contains(Duration.ofSeconds(10));
        assertThat(pace.remaining(0, List.of(running(10, 10), running(10, 10), running(10, 10))))
                .as("evaluated one after the other")
                .contains(Duration.ofSeconds(30));
        assertThat(pace.remaining(0, List.of(running(5, 10)))).contains(Duration.ofSeconds(25 + 10));
    }

    @Test
    void thePaceLearnsFromTheFirstEpochsAndThenFromTrialsThatEnded() {
        Pace pace = new Pace();
        assertThat(pace.remaining(3, List.of())).isEmpty();
        assertThat(pace.remaining(3, List.of(running(5, 10)))).contains(Duration.ofSeconds(50 + 3 * 100));
        pace.ended(60, 0);
        assertThat(pace.remaining(3, List.of(running(5, 10)))).contains(Duration.ofSeconds(30 + 3 * 60));
        assertThat(pace.remaining(2, List.of(running(5, 10), running(5, 10)))).contains(Duration.ofSeconds(90));
    }

    private static Progress.Snapshot snapshot(Progress.Running running) {
        return new Progress.Snapshot(
                10, 6, 4, 1, List.of(running), Optional.of(Duration.ofMinutes(12)), Optional.empty());
    }

    private static Progress.Running running(int epoch, int epochs) {
        return running("tanh-bn-s1", epoch, epochs);
    }

    private static Progress.Running running(String label, int epoch, int epochs) {
        return new Progress.Running(
                label,
                epoch,
                epochs,
                Optional.of(new Progress.Latest(0.512, 0.61, 1402, Duration.ofSeconds(10L * (epochs - epoch)))));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private static final class SteppedClock extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("progress asks for instants only");
        }
    }
}
