package normlab.trial;

/** Where things lie in the bucket. */
public final class StoreLayout {
    private StoreLayout() {}

    public static String dataset(String name, String fingerprint) {
        return "datasets/" + name + "/" + fingerprint;
    }

    /** @param part {@code train}, {@code validation} or {@code test} */
    public static String shard(String name, String fingerprint, String part, int number) {
        return "%s/%s-%05d.shard".formatted(dataset(name, fingerprint), part, number);
    }

    public static String campaign(String id) {
        return "runs/" + id;
    }
}
