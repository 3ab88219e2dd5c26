package normlab.app;

/** Settings of the training engine for a command that computes in its own process; a slot gets them from outside. */
public final class Natives {
    private Natives() {}

    /** Before the engine is first used. */
    public static void configure(Home home) {
        System.setProperty("DJL_CACHE_DIR", home.data().resolve("servers/djl").toString());
        // The natives are on the class path: nothing may be fetched at run time, and nothing is reported to anybody.
        System.setProperty("ai.djl.offline", "true");
        // As in a slot: threads that wait for each other stand still where other processes want the cores too.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
