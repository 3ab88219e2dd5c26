package normlab.app.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import normlab.app.config.DjlProperties;
import normlab.app.config.Home;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.PrepareDataset;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.train.Train;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.Endpoints;
import normlab.port.ArtifactStore;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.SilentContext;
import normlab.testkit.StopAfter;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** What {@link WholeDatasetsTest} starts with the settings of a worker: the work of a coordinator, or of a slot. */
final class WholeDatasetProcess {
    static final String STORE = "TEST_STORE";

    private final DatasetCatalog catalog;
    private final Path cache;
    private final ArtifactStore store;

    private WholeDatasetProcess(Path folder, ArtifactStore store) {
        this.catalog = new DatasetCatalog(folder);
        this.cache = folder.resolve("cache");
        this.store = store;
    }

    /** Arguments: {@code prepare} or {@code train}, the folder of the manifests, then {@code NAME:TRAIN:VALIDATION} each. */
    public static void main(String[] arguments) throws Exception {
        DjlProperties.set(Home.current());
        String[] server = String.valueOf(System.getenv(STORE)).split(" ", 3);
        S3Settings settings = new S3Settings(
                URI.create(server[0]), "us-east-1", Endpoints.BUCKET, server[1], server[2], Optional.empty());
        try (S3ArtifactStore store = new S3ArtifactStore(settings)) {
            store.ensureBucket();
            WholeDatasetProcess process = new WholeDatasetProcess(Path.of(arguments[1]), store);
            List<DatasetSpec> datasets = Arrays.stream(arguments)
                    .skip(2)
                    .map(a -> a.split(":"))
                    .map(a -> new DatasetSpec(a[0], Integer.parseInt(a[1]), Integer.parseInt(a[2])))
                    .toList();
            for (DatasetSpec dataset : datasets) {
                if (arguments[0].equals("prepare")) {
                    process.prepare(dataset);
                } else {
                    process.train(dataset);
                }
                System.out.println(dataset.name());
            }
        }
    }

    /** As a coordinator does at the start of a campaign, at its resumption, and before it scores a trial. */
    private void prepare(DatasetSpec dataset) throws Exception {
        String fingerprint = catalog.fingerprint(dataset);
        new PrepareDataset(catalog, store, new DataFolders(Optional.empty(), cache))
                .run(new PrepareDatasetInput(dataset, fingerprint), new SilentContext());
        if (new Repair(store).checkDataset(dataset.name(), fingerprint)) {
            throw new IllegalStateException(dataset.name() + " was damaged on its way");
        }
        try (DeviceDatasets datasets = new DeviceDatasets(store)) {
            datasets.get(dataset.name(), fingerprint);
        }
    }

    /** Two steps and a checkpoint, and one more from there. */
    private void train(DatasetSpec dataset) throws Exception {
        TrialSpec spec = new TrialSpec(
                dataset,
                "plain-8",
                Activation.RELU,
                new Normalization.BatchNorm(1e-5, 0.1),
                Head.OFF,
                new Recipe(0.01, 0.9, 5e-4, 64, 1, 0),
                1);
        TrialId id = TrialId.shared(dataset.name());
        new TrialArchive(store, id)
                .writeIdentity(new TrialIdentity(spec, catalog.fingerprint(dataset), LearningStack.current(1)));
        Train train = new Train(
                store, new DeviceDatasets(store), LearningStack.current(1), (input, rows) -> {}, Clock.systemUTC());
        for (int steps : new int[] {2, 1}) {
            try {
                train.run(new TrialInput("whole", id), new StopAfter(steps));
                throw new IllegalStateException("trained to the end");
            } catch (TaskInProgress stopped) {
                // With a checkpoint, as a worker that is stopped.
            }
        }
    }
}
