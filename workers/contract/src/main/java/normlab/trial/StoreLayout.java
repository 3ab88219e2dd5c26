package normlab.trial;

/** Where things lie in the bucket. */
public final class StoreLayout {
    private StoreLayout() {}

    /** The folder of a prepared dataset's {@code manifest.json}. */
    public static String dataset(String name, String fingerprint) {
        return "datasets/" + name + "/" + fingerprint;
    }

    /** A PNG file with some images of each class of a prepared dataset, for people. */
    public static String sheet(String name, String fingerprint) {
        return dataset(name, fingerprint) + "/sheet.png";
    }

    /** Samples, by their SHA-256: what two datasets have in common is there once. */
    public static String samples(String sha256) {
        return "datasets/sha256/" + sha256;
    }

    /** What an import has put into the store, by the fingerprint of its content. */
    public static String importedImages(String fingerprint) {
        return "datasets/imported/" + fingerprint + ".json";
    }

    /** The manifest of a dataset that was imported. */
    public static String importedManifest(String name) {
        return "datasets/imported/" + name + ".yaml";
    }

    public static String campaign(String id) {
        return "runs/" + id;
    }
}
