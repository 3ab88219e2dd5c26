package normlab.platform.process;

import java.time.Duration;

/** The delay before a dead process is restarted: doubled with each death, reset once the process has stayed up. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final Duration resetAfter;
    private Duration next;

    /** @param resetAfter the uptime after which the next delay is {@code first} again */
    Backoff(Duration first, Duration longest, Duration resetAfter) {
        this.first = first;
        this.longest = longest;
        this.resetAfter = resetAfter;
        this.next = first;
    }

    /** 1 s, doubled up to 30 s; reset after 10 s of uptime, which a process that cannot work at all never reaches. */
    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** @param uptime how long the process that just died had been running */
    Duration afterDeath(Duration uptime) {
        Duration delay = uptime.compareTo(resetAfter) >= 0 ? first : next;
        Duration doubled = delay.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return delay;
    }
}
