package normlab.benchmarks.training;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.forecast.Requirements;
import normlab.app.worker.StackProcesses;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetManifest;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.train.Train;
import normlab.platform.config.ExperimentFiles;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.EmbeddedS3;
import normlab.platform.server.Endpoints;
import normlab.platform.server.StandaloneServer;
import normlab.provenance.ProcessMemory;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** The most memory that a slot takes on a whole dataset: it loads it, trains some steps and stores a checkpoint. */
public final class SlotMemory {
    /** Subcommand of {@code bench} that is the measured process. */
    public static final String PROCESS = "slot";

    /** Where the measured process finds its store, as JSON: a secret has no place on a command line. */
    public static final String STORE = "NORMLAB_BENCH_STORE";

    private final Home home;

    public SlotMemory(Home home) {
        this.home = home;
    }

    /** Peak memory of a slot, and what a plan says, in MiB. */
    public record Compared(ArmTrial trial, double measured, double planned) {
        /** Share by which the plan is above what was measured. */
        public double deviation() {
            return planned / measured - 1;
        }
    }

    /** Measures the first trial of each network of the experiment with this name. */
    public List<Compared> compare(String experiment, int steps) throws IOException, InterruptedException {
        return compare(new ExperimentFiles(home.experiments()).load(experiment), steps);
    }

    /** Measures the first trial of each network of an experiment. */
    public List<Compared> compare(Experiment experiment, int steps) throws IOException, InterruptedException {
        Map<String, ArmTrial> networks = new LinkedHashMap<>();
        experiment.trials().forEach(t -> networks.putIfAbsent(t.spec().network(), t));
        List<Compared> compared = new ArrayList<>();
        for (ArmTrial trial : networks.values()) {
            DatasetManifest manifest = new DatasetCatalog(home.datasets())
                    .load(trial.spec().dataset().name());
            compared.add(new Compared(
                    trial, peakMiB(trial.spec(), manifest, steps), Requirements.ofTrial(trial.spec(), manifest)));
        }
        return compared;
    }

    private double peakMiB(TrialSpec trial, DatasetManifest manifest, int steps)
            throws IOException, InterruptedException {
        StackProcesses processes = new StackProcesses(home);
        try (StandaloneServer<EmbeddedS3> server =
                StandaloneServer.store(home.stackSettings().servers())) {
            S3Settings settings = new S3Settings(
                    URI.create(server.server().endpoints().s3Endpoint()),
                    "us-east-1",
                    Endpoints.BUCKET,
                    server.server().credentials().accessKey(),
                    server.server().credentials().secretKey(),
                    Optional.empty());
            try (S3ArtifactStore store = new S3ArtifactStore(settings)) {
                store.ensureBucket();
                new WholeDataset(manifest, trial.dataset()).write(store);
            }
            Map<String, String> environment = new HashMap<>(processes.slotEnvironment(1));
            environment.put(STORE, Json.write(settings));
            List<String> command = processes.slotCommand(
                    "normlab.benchmarks.Main", List.of("bench", PROCESS, Json.write(trial), Integer.toString(steps)));
            return SideBySide.run(1, command, environment).getFirst().asDouble();
        }
    }

    /** Trains so many steps in this process. @return its peak, in MiB */
    public static double ofThisProcess(TrialSpec trial, int steps) {
        S3Settings settings = Json.read(
                String.valueOf(System.getenv(STORE)).getBytes(StandardCharsets.UTF_8), S3Settings.class, STORE);
        TrainingStack stack = LearningStack.current(1);
        TrialId id = TrialId.shared("measured");
        try (S3ArtifactStore store = new S3ArtifactStore(settings)) {
            new TrialArchive(store, id).writeIdentity(new TrialIdentity(trial, WholeDataset.FINGERPRINT, stack));
            Train train = new Train(store, new DeviceDatasets(store), stack, (input, rows) -> {}, Clock.systemUTC());
            train.run(new TrialInput("measured", id), new StopAfter(steps));
            throw new IllegalStateException("the training ended within %d steps".formatted(steps));
        } catch (TaskInProgress stopped) {
            return ProcessMemory.peakMiB().orElse(Double.NaN);
        } catch (TaskFailure e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks a training to stop, which is then asked before each of its steps. */
    private static final class StopAfter implements TaskContext {
        private int left;

        StopAfter(int steps) {
            left = steps;
        }

        @Override
        public boolean stopRequested() {
            return left-- <= 0;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void log(String line) {
            // Nobody follows.
        }
    }
}
