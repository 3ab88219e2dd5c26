package normlab.benchmarks.training;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import normlab.dataset.DatasetManifest;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** A prepared dataset with the sizes of a real one and noise for images: for measurements without the data. */
final class WholeDataset {
    static final String FINGERPRINT = Sha256.of("noise");

    private final DatasetManifest manifest;
    private final DatasetSpec spec;

    WholeDataset(DatasetManifest manifest, DatasetSpec spec) {
        this.manifest = manifest;
        this.spec = spec;
    }

    void write(ArtifactStore store) {
        int classes = manifest.classes().size();
        String folder = StoreLayout.dataset(manifest.name(), FINGERPRINT) + "/";
        PreparedDataset prepared = new PreparedDataset(
                manifest.name(),
                FINGERPRINT,
                manifest.height(),
                manifest.width(),
                manifest.channels(),
                manifest.classes(),
                perChannel(0.5),
                perChannel(0.25),
                write(store, spec.trainPerClass() * classes),
                write(store, spec.validationPerClass() * classes),
                write(store, manifest.imageCount() - manifest.trainCount()),
                "");
        store.put(folder + "manifest.json", Json.bytes(prepared));
    }

    private PreparedDataset.Part write(ArtifactStore store, int count) {
        ByteBuffer images =
                ByteBuffer.allocateDirect(count * manifest.height() * manifest.width() * manifest.channels());
        SplittableRandom random = new SplittableRandom(count);
        while (images.remaining() >= Long.BYTES) {
            images.putLong(random.nextLong());
        }
        images.clear();
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % manifest.classes().size());
        }
        PreparedDataset.Part part = new PreparedDataset.Part(count, Sha256.of(images), Sha256.of(labels));
        store.put(part.imagesKey(), images);
        store.put(part.labelsKey(), labels);
        return part;
    }

    private List<Double> perChannel(double value) {
        return Collections.nCopies(manifest.channels(), value);
    }
}
