package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReminderTest {
    @Test
    @Timeout(20)
    void aLineIsSaidAgainAndAgainWhileWhatItNamesTakesLong() throws InterruptedException {
        CountDownLatch twice = new CountDownLatch(2);
        Reminder reminder = new Reminder(
                line -> {
                    assertThat(line).isEqualTo("still stopping the stack");
                    twice.countDown();
                },
                "still stopping the stack",
                Duration.ofMillis(1));
        assertThat(twice.await(15, TimeUnit.SECONDS)).isTrue();
        reminder.withdraw();
    }
}
