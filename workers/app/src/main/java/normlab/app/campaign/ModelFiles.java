package normlab.app.campaign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.json.Json;
import normlab.learning.network.NetworkDescription;
import normlab.platform.config.YamlFile;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialArchive;
import normlab.trial.TrialResult;

/** A trained network as files that plain PyTorch and MLflow read, with a card that says what it is. */
public final class ModelFiles {
    /** Prints the test accuracy of an exported model that has the test images next to it. */
    public static final String SCRIPT = "evaluate.py";

    private final ArtifactStore store;
    private final CampaignContents contents;
    private final Trial trial;
    private final TrialResult result;
    private final PreparedDataset dataset;

    /** @throws StoreException if the trial has no result, or its dataset is gone */
    public ModelFiles(ArtifactStore store, CampaignContents contents, Trial trial) {
        this.store = store;
        this.contents = contents;
        this.trial = trial;
        this.result = trial.result()
                .orElseThrow(() -> new StoreException(
                        "[%s] has no result yet; `./normlab status` says how far its campaign is"
                                .formatted(trial.planned().label()),
                        false));
        this.dataset = PreparedDataset.of(store, trial.identity())
                .orElseThrow(() -> new StoreException(
                        "[%s] its dataset is no longer in the store; run the experiment again to prepare it"
                                .formatted(trial.planned().label()),
                        false));
    }

    /** The weights, the code that computes with them, the card, and what MLflow needs to load them. */
    public List<Attachment> model() {
        String version = Sha256.of(Json.bytes(List.of(result, contents.record())));
        List<Attachment> files = new ArrayList<>(List.of(
                new Attachment("model.safetensors", result.training().modelSha256(), this::weights),
                new Attachment("architecture.json", version, this::architecture),
                Attachment.of("network.py", resource("network.py")),
                new Attachment(
                        "README.md", version, () -> text(new ModelCard(contents, trial, result, dataset).text())),
                Attachment.of("spec.yaml", YamlFile.write(trial.identity()))));
        files.addAll(new PythonFunction(dataset, result).files());
        return files;
    }

    /** The official test images and a script that scores the model on them; nothing where they lie in shards. */
    public List<Attachment> test() {
        if (dataset.test().shards().isPresent()) {
            return List.of();
        }
        PreparedDataset.Part test = dataset.test();
        List<Integer> shape = List.of(dataset.test().count(), dataset.height(), dataset.width(), dataset.channels());
        List<Attachment> files = new ArrayList<>();
        files.add(new Attachment("test-images.u8", test.imagesSha256(), () -> store.require(test.imagesKey())));
        files.add(new Attachment("test-labels.u8", test.labelsSha256(), () -> store.require(test.labelsKey())));
        files.add(Attachment.of("test-images.json", Json.bytes(Map.of("shape", shape))));
        files.add(Attachment.of(SCRIPT, resource(SCRIPT)));
        return files;
    }

    private byte[] weights() {
        TrialArchive archive = new TrialArchive(store, trial.planned().id());
        byte[] model = archive.model();
        if (!Sha256.of(model).equals(result.training().modelSha256())) {
            throw new StoreException(
                    "[%s] sha256 is %s, training.json says %s"
                            .formatted(
                                    archive.key("model.safetensors"),
                                    Sha256.of(model),
                                    result.training().modelSha256()),
                    false);
        }
        return model;
    }

    private byte[] architecture() {
        return Json.bytes(Map.of(
                "input",
                Map.of("mean", dataset.mean(), "sd", dataset.sd()),
                "classes",
                dataset.classes(),
                "layers",
                NetworkDescription.of(
                        trial.identity().spec(),
                        dataset.channels(),
                        dataset.classes().size())));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] resource(String name) {
        try (InputStream in = ModelFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the build: build it with Maven");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
