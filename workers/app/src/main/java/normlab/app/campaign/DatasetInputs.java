package normlab.app.campaign;

import java.util.List;
import java.util.Map;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.TrackedRun.DatasetInput;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/** The parts of the dataset that a trial uses, one input each. */
public final class DatasetInputs {
    private static final int DIGEST_LENGTH = 36;

    private DatasetInputs() {}

    public static List<DatasetInput> of(ArtifactStore store, Trial trial) {
        return PreparedDataset.of(store, trial.identity()).stream()
                .flatMap(d -> List.of(
                        input(d, "training", "train", d.train()),
                        input(d, "validation", "validation", d.validation()),
                        input(d, "test", "test", d.test()))
                        .stream())
                .toList();
    }

    private static DatasetInput input(
            PreparedDataset dataset, String context, String part, PreparedDataset.Part facts) {
        long elements = (long) facts.count() * dataset.height() * dataset.width() * dataset.channels();
        return new DatasetInput(
                dataset.name() + " " + part,
                facts.imagesSha256().substring(0, DIGEST_LENGTH),
                context,
                StoreLayout.dataset(dataset.name(), dataset.fingerprint()),
                Json.write(Map.of("num_rows", facts.count(), "num_elements", elements)));
    }
}
