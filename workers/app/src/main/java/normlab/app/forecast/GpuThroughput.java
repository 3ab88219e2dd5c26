package normlab.app.forecast;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import normlab.experiment.TrialSpec;
import normlab.learning.Gpu;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkSummary;

/**
 * How fast a GPU trains ResNet-50 on images of 224 × 224, as others have published it: {@code gpu-throughput.csv} has each
 * figure with its source.
 *
 * @param gpu how its name begins
 * @param precision {@code fp32} or {@code tf32}
 */
record GpuThroughput(String gpu, String precision, double imagesPerSecond, String source) {
    private static final String TABLE = "gpu-throughput.csv";
    private static final String REFERENCE = "resnet-50-imagenet";

    /**
     * Time that an operation of a network takes at least, forward, backward and with its update, however few numbers it
     * computes: 12 kernels of 10 µs each. Assumed, neither measured nor published; it decides for small networks.
     */
    private static final double SECONDS_OF_AN_OPERATION = 120e-6;

    static List<GpuThroughput> published() {
        try (InputStream in = GpuThroughput.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is not in the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(cells -> new GpuThroughput(cells[0], cells[1], Double.parseDouble(cells[2]), cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLE, e);
        }
    }

    /** That of the GPU's kind; empty where nothing is known of it, as of a part of a GPU that MIG divides. */
    static Optional<GpuThroughput> of(Gpu gpu) {
        String name = gpu.name().replaceFirst("^NVIDIA ", "").replaceFirst("^(Tesla|GeForce) ", "");
        return published().stream()
                .filter(row -> name.equals(row.gpu()) || name.matches("\\Q" + row.gpu() + "\\E[- ].*"))
                .filter(row -> !name.contains(" MIG "))
                .findFirst();
    }

    /** Seconds of a training step: by multiply-adds, and at least what its operations take to start. */
    double stepSeconds(TrialSpec spec, Geometry images) {
        NetworkSummary network = NetworkSummary.of(spec.network(), Design.of(spec), images);
        NetworkSummary reference = NetworkSummary.of(REFERENCE, Design.of(spec), Geometry.ILSVRC);
        double share = (double) network.multiplyAdds() / reference.multiplyAdds();
        return Math.max(
                spec.recipe().batchSize() * share / imagesPerSecond,
                network.rows().size() * SECONDS_OF_AN_OPERATION);
    }

    /** In words, with how far to trust it. */
    String basis(boolean tf32) {
        return "published for %s and ResNet-50 (%s%s), by multiply-adds; the first epoch corrects it"
                .formatted(gpu, precision, precision.equals("tf32") && !tf32 ? ", which is off here: longer" : "");
    }
}
