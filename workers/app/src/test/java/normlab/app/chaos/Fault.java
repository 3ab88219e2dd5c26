package normlab.app.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * One way in which things go wrong in the middle of a campaign.
 *
 * @param what is done, as the table says it
 * @param bar the recovery time that is allowed, if it is limited
 * @param waiting whether it mostly means waiting, so that other faults can run at the same time
 */
record Fault(String what, Site site, Blow blow, Optional<Duration> bar, boolean waiting) {
    /** Where the campaign runs. */
    enum Site {
        USUAL,
        /** One slot trains, over connections that can be disturbed. */
        BEHIND_LINKS,
        /** One slot trains, and its wall clock can be moved. */
        OWN_CLOCK,
        /** Conductor gives up on a silent worker after seconds instead of minutes. */
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

    /** Waits for the right moment in the campaign and causes the fault. Returns when what it stopped may come back. */
    @FunctionalInterface
    interface Blow {
        void strike(Drill drill) throws Exception;
    }
}
