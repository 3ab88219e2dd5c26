package normlab.platform.stack;

import java.time.Duration;

/** The pause before a process that died is started again: doubled at each death, short again after a good while up. */
final class BackOff {
    private final Duration first;
    private final Duration longest;
    private final Duration goodWhile;
    private Duration next;

    BackOff(Duration first, Duration longest, Duration goodWhile) {
        this.first = first;
        this.longest = longest;
        this.goodWhile = goodWhile;
        this.next = first;
    }

    /** 1 s, doubled up to 30 s; 1 s again after 10 s up, which no process reaches that cannot work at all. */
    static BackOff standard() {
        return new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** @param uptime how long the process that just died had lived */
    Duration afterDeath(Duration uptime) {
        Duration pause = uptime.compareTo(goodWhile) >= 0 ? first : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) > 0 ? longest : doubled;
        return pause;
    }
}
