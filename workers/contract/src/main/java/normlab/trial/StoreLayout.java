package normlab.trial;

/** Where things lie in the bucket. */
public final class StoreLayout {
    private StoreLayout() {}

    public static String dataset(String name, String fingerprint) {
        return "datasets/" + name + "/" + fingerprint;
    }

    public static String trial(String key) {
        return "trials/" + key;
    }

    public static String run(String run) {
        return "runs/" + run;
    }
}
