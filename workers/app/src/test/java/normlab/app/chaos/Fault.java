package normlab.app.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * One way in which things go wrong.
 *
 * @param what is done, as the table says it
 * @param bar in which the campaign should get on
 * @param waiting whether it is met mostly by waiting, so that others can be met meanwhile
 */
record Fault(String what, Site site, Blow blow, Optional<Duration> bar, boolean waiting) {
    /** Where the campaign runs. */
    enum Site {
        USUAL,
        /** One slot trains, and reaches the servers by links that can be faulty. */
        BEHIND_LINKS,
        /** One slot trains, and its wall clock can be moved. */
        OWN_CLOCK,
        /** The server gives a silent worker up after seconds in place of minutes. */
        SHORT_RESPONSE_TIMEOUT,
        /** The campaign finds its trials complete in the store, and each of them damaged. */
        DAMAGED_CACHE
    }

    Fault(String what, Blow blow) {
        this(what, Site.USUAL, blow);
    }

    Fault(String what, Site site, Blow blow) {
        this(what, site, blow, Optional.empty(), false);
    }

    Fault within(Duration time) {
        return new Fault(what, site, blow, Optional.of(time), waiting);
    }

    Fault byWaiting() {
        return new Fault(what, site, blow, bar, true);
    }

    /** Waits for its moment in the campaign, and strikes. Returns when what it took away is free to come back. */
    @FunctionalInterface
    interface Blow {
        void strike(Drill drill) throws Exception;
    }
}
