package normlab.app.campaign;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.app.worker.ReportCampaign;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import normlab.port.ArtifactStore;
import normlab.provenance.Machine;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskAttempt;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.Scores;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/** A campaign of the experiment smoke in a store, as its tasks would have left it. */
public final class StoredCampaign {
    public static final String RUN = "smoke-1";
    public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final ArtifactStore store;
    private final Experiment experiment;
    private final List<PlannedTrial> trials;

    public StoredCampaign(ArtifactStore store) {
        this.store = store;
        this.experiment =
                new ExperimentFiles(Path.of(System.getProperty("normlab.home"), "workflows/experiments")).load("smoke");
        this.trials = experiment.trials().stream().map(this::plan).toList();
        CampaignArchive archive = new CampaignArchive(store, RUN);
        archive.open(
                new CampaignRecord(
                        RUN,
                        "smoke",
                        START,
                        "0123456789ab-dirty",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("--seeds 2"),
                        Optional.of("ada"),
                        Optional.empty()),
                experiment);
        archive.writePlan(new CampaignPlan(trials));
    }

    private PlannedTrial plan(ArmTrial trial) {
        TrialIdentity identity = new TrialIdentity(
                trial.spec(), Sha256.of("data"), new TrainingStack("source", "0.35.1", "2.7.1", "cpu", 1));
        TrialId id = TrialId.shared(identity.key());
        new TrialArchive(store, id).writeIdentity(identity);
        return new PlannedTrial(id, trial.arm(), trial.label(), false);
    }

    Experiment experiment() {
        return experiment;
    }

    /** In the order of the plan. */
    public TrialId id(int trial) {
        return trials.get(trial).id();
    }

    public int size() {
        return trials.size();
    }

    public void train(int trial, int epochs) {
        archive(trial).showProgress(rows(epochs), List.of());
    }

    private static List<JournalRow> rows(int epochs) {
        return IntStream.rangeClosed(1, epochs).mapToObj(StoredCampaign::row).toList();
    }

    public void complete(int trial) {
        byte[] model = ("weights " + trial).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        TrainingRecord training = new TrainingRecord(
                Outcome.COMPLETED, 10, Sha256.of(model), 100, 0, START, at(10), 10, Machine.current());
        archive(trial).complete(ByteBuffer.wrap(model), rows(experiment.recipe().epochs()), List.of(), training);
        double top1 = 0.5 + trial / 100.0;
        Scores scores = new Scores(1, top1, 0.9, Collections.nCopies(10, top1), confusion(50 + trial));
        archive(trial)
                .writeResult(new TrialResult(archive(trial).identity(), training, scores, 1, 1, at(11 + trial), 0.1));
    }

    /** Of a hundred images of each class so many are classified rightly, the others as the next class. */
    private static List<List<Integer>> confusion(int right) {
        return IntStream.range(0, 10)
                .mapToObj(row -> IntStream.range(0, 10)
                        .mapToObj(column -> column == row ? right : column == (row + 1) % 10 ? 100 - right : 0)
                        .toList())
                .toList();
    }

    public void completeAll() {
        IntStream.range(0, size()).forEach(this::complete);
    }

    /** Facts of the workflow engine, where these trials failed. */
    public ReportCampaign.WorkflowFacts failures(Map<TrialId, String> failures) {
        return new ReportCampaign.WorkflowFacts() {
            @Override
            public Optional<String> workflowId(String campaign) {
                return Optional.of("workflow-1");
            }

            @Override
            public Map<TrialId, String> failures(String campaign) {
                return failures;
            }

            @Override
            public Map<TrialId, List<TaskAttempt>> timelines(String campaign) {
                return Map.of();
            }
        };
    }

    private TrialArchive archive(int trial) {
        return new TrialArchive(store, id(trial));
    }

    private static JournalRow row(int epoch) {
        return new JournalRow(epoch, 10L * epoch, at(epoch), 0.1, 1.0 / epoch, 0.5, 1.0 / epoch, 0.5, 1, 100);
    }

    public static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}
