package normlab.testkit;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** A prepared dataset that a small network learns in seconds: a bright square in noise, whose position is the class. */
public final class TinyDataset {
    public static final String FINGERPRINT = "tiny-fingerprint";
    public static final DatasetSpec SPEC = new DatasetSpec("tiny", 48, 12);

    private static final int SIDE = 12;
    private static final int CLASSES = 4;

    private TinyDataset() {}

    /** Writes the dataset under {@link #FINGERPRINT}, as dataset preparation would. */
    public static PreparedDataset prepareIn(ArtifactStore store) {
        String prefix = StoreLayout.dataset(SPEC.name(), FINGERPRINT);
        PreparedDataset dataset = new PreparedDataset(
                SPEC.name(),
                FINGERPRINT,
                SIDE,
                SIDE,
                1,
                IntStream.range(0, CLASSES).mapToObj(c -> "place " + c).toList(),
                List.of(0.35),
                List.of(0.25),
                part(store, SPEC.trainPerClass(), 1),
                part(store, SPEC.validationPerClass(), 2),
                part(store, 25, 3),
                "made by the tests");
        store.put(prefix + "/manifest.json", Json.bytes(dataset));
        return dataset;
    }

    private static PreparedDataset.Part part(ArtifactStore store, int perClass, long seed) {
        Random random = new Random(seed);
        int count = perClass * CLASSES;
        byte[] pixels = new byte[count * SIDE * SIDE];
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % CLASSES);
            paint(pixels, i, labels[i], random);
        }
        PreparedDataset.Part part = new PreparedDataset.Part(count, Sha256.of(pixels), Sha256.of(labels));
        store.put(part.imagesKey(), pixels);
        store.put(part.labelsKey(), labels);
        return part;
    }

    private static void paint(byte[] pixels, int image, int label, Random random) {
        int top = 1 + 6 * (label / 2);
        int left = 1 + 6 * (label % 2);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean bright = y >= top && y < top + 4 && x >= left && x < left + 4;
                int value = random.nextInt(120) + (bright ? 110 : 0);
                pixels[(image * SIDE + y) * SIDE + x] = (byte) value;
            }
        }
    }
}
