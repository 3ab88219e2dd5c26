package normlab.app.config;

/** DJL's system properties for a command that computes in its own process; a slot has them in its environment. */
public final class DjlProperties {
    private DjlProperties() {}

    /** Must be called before the engine is first used. */
    public static void set(Home home) {
        System.setProperty("DJL_CACHE_DIR", home.data().resolve("servers/djl").toString());
        // The native libraries are on the class path: DJL must not download anything, nor report usage.
        System.setProperty("ai.djl.offline", "true");
        // As in a slot: threads that wait for one another stall where other processes want the cores too.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }
}
