package normlab.app.chaos;

/**
 * One way in which things go wrong.
 *
 * @param what is done, as the table says it
 */
record Fault(String what, Site site, Blow blow) {
    /** Where the campaign runs. */
    enum Site {
        USUAL,
        /** One slot trains, and reaches the servers by links that can be faulty. */
        BEHIND_LINKS,
        /** The server gives a silent worker up after seconds in place of minutes. */
        SHORT_RESPONSE_TIMEOUT
    }

    Fault(String what, Blow blow) {
        this(what, Site.USUAL, blow);
    }

    /** Waits for its moment in the campaign, and strikes. Returns when what it took away is free to come back. */
    @FunctionalInterface
    interface Blow {
        void strike(Drill drill) throws Exception;
    }
}
