package normlab.trial;

import java.util.List;

/**
 * Samples in the store, below {@code datasets/<name>/<fingerprint>/}: for each part, {@code <part>.images} (uint8, N·H·W·C
 * bytes) and {@code <part>.labels} (uint8, N bytes).
 *
 * @param mean of the official training set by channel, on the scale [0, 1]
 * @param sd standard deviation by channel, on the scale [0, 1]
 */
public record PreparedDataset(
        String name,
        String fingerprint,
        int height,
        int width,
        int channels,
        List<String> classes,
        List<Double> mean,
        List<Double> sd,
        Part train,
        Part validation,
        Part test,
        String licence) {
    public PreparedDataset {
        classes = List.copyOf(classes);
        mean = List.copyOf(mean);
        sd = List.copyOf(sd);
    }

    /** A part's size and the SHA-256 of its two files. */
    public record Part(int count, String imagesSha256, String labelsSha256) {}
}
