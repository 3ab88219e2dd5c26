package normlab.learning.evaluate;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import normlab.learning.HostMemory;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.data.DeviceDatasets.Dataset;
import normlab.learning.network.Network;
import normlab.learning.network.TorchOps;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.provenance.TrialIdentity;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.Outcome;
import normlab.trial.Scores;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;
import normlab.trial.TrialResult;

/** Evaluates the last epoch's model on the whole test set, which completes the trial. */
public final class Evaluate implements Task<TrialInput, EvaluateOutput> {
    private final ArtifactStore store;
    private final Clock clock;
    private final DeviceDatasets datasets;

    public Evaluate(ArtifactStore store, DeviceDatasets datasets, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.datasets = datasets;
    }

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public Class<TrialInput> inputType() {
        return TrialInput.class;
    }

    @Override
    public EvaluateOutput run(TrialInput input, TaskContext context) throws TaskFailure {
        TrialArchive archive = new TrialArchive(store, input.trial());
        TrainingRecord training = archive.training()
                .orElseThrow(
                        () -> TaskFailure.permanent("[" + input.trial() + "] has no training.json: train it first"));
        if (archive.result().isEmpty()) {
            archive.writeResult(evaluate(archive, training));
        }
        TrialResult result = archive.result().orElseThrow();
        return new EvaluateOutput(
                result.training().outcome().word(),
                result.test().top1(),
                result.test().loss(),
                result.evaluationSeconds());
    }

    private TrialResult evaluate(TrialArchive archive, TrainingRecord training) throws TaskFailure {
        long started = System.nanoTime();
        TrialIdentity identity = archive.identity();
        Dataset data = datasets.get(identity.spec().dataset().name(), identity.datasetFingerprint());
        NDManager manager = datasets.device();
        TorchOps.recordGradients(false);
        Scores test = Evaluator.chance(data.classes());
        Optional<Scores> precise = Optional.empty();
        double evalMode = Double.NaN;
        double trainMode = Double.NaN;
        try (NDManager scope = manager.newSubManager();
                Network network =
                        new Network(scope, identity.spec(), data.facts().channels(), data.classes())) {
            if (training.outcome() == Outcome.DIVERGED) {
                Scores chance = test;
                precise = identity.spec()
                        .preciseStatistics()
                        .filter(p -> network.hasStatistics())
                        .map(p -> chance);
            } else {
                load(network, archive, training);
                test = Evaluator.scores(manager, network, data.test(), data.classes());
                precise = new PreciseEvaluator(scope, identity.spec(), data.train())
                        .evaluate(network, () -> Evaluator.scores(scope, network, data.test(), data.classes()));
                evalMode = Evaluator.lossAndAccuracy(manager, network, data.train())
                        .loss();
                trainMode = Evaluator.trainModeLoss(
                        manager, network, data.train(), identity.spec().recipe().batchSize());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new TrialResult(identity, training, test, precise, evalMode, trainMode, clock.instant(), seconds);
    }

    private void load(Network network, TrialArchive archive, TrainingRecord training) throws TaskFailure {
        try (HostMemory memory = new HostMemory(datasets.device())) {
            ByteBuffer model = archive.model(memory.allocator());
            String found = Sha256.of(model);
            if (!found.equals(training.modelSha256())) {
                throw TaskFailure.permanent("[%s] sha256 is %s, training.json says %s"
                        .formatted(archive.key("model.safetensors"), found, training.modelSha256()));
            }
            network.load(model);
        }
    }
}
