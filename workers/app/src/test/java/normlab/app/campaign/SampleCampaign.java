package normlab.app.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.app.config.Home;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Registrations;
import normlab.app.registration.Registrations.Registered;
import normlab.app.registration.Rules;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.dataset.DatasetCatalog;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.platform.config.ExperimentFiles;
import normlab.port.ArtifactStore;
import normlab.provenance.Machine;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.report.claim.ClaimSet;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.PreparedDataset;
import normlab.trial.Scores;
import normlab.trial.StoreLayout;
import normlab.trial.TrainedBy;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/**
 * Writes into a store what a campaign of the experiment smoke leaves there, without training: something to try commands
 * on. Its scores mean nothing.
 */
public final class SampleCampaign {
    public static final TrainingStack STACK = new TrainingStack("source", "0.35.1", "2.7.1", "cpu-test", 1);
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private final Home home;
    private final ArtifactStore store;
    private final String run;
    private TrainingStack stack = STACK;
    private double shift;
    private boolean evaluatedTwice;
    private Optional<String> rerunOf = Optional.empty();
    private String code = "4f2a91c";
    private Optional<Registered> registered = Optional.empty();
    private Experiment experiment;

    /** @param home whose experiments, datasets and claims are read */
    public SampleCampaign(Home home, ArtifactStore store, String run) {
        this.home = home;
        this.store = store;
        this.run = run;
        this.experiment = new ExperimentFiles(home.experiments()).load("smoke");
    }

    /** Instead of smoke. */
    public SampleCampaign of(Experiment other) {
        experiment = other;
        return this;
    }

    /** Started by a commit, which may contain a registration. */
    public SampleCampaign startedBy(String commit, Optional<Registered> registration) {
        code = commit;
        registered = registration;
        return this;
    }

    /** Trained on something else, with other bytes: each loss and accuracy is higher by so much. */
    public SampleCampaign on(TrainingStack other, double higher) {
        stack = other;
        shift = higher;
        return this;
    }

    /** With precise statistics as well: five test images more are right, and 60 % of validation after the last epoch. */
    public SampleCampaign evaluatedTwice() {
        evaluatedTwice = true;
        return this;
    }

    public SampleCampaign repeating(String original) {
        rerunOf = Optional.of(original);
        return this;
    }

    /** Writes everything, the report included. */
    public CampaignContents written() {
        String fingerprint = new DatasetCatalog(home.datasets()).fingerprint(experiment.dataset());
        CampaignArchive archive = new CampaignArchive(store, run);
        store.put(
                StoreLayout.dataset(experiment.dataset().name(), fingerprint) + "/manifest.json",
                Json.bytes(dataset(experiment.dataset().name(), fingerprint)));
        CampaignRecord record = new CampaignRecord(
                run,
                experiment.name(),
                START,
                code,
                rerunOf,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                registered
                        .filter(r -> new Registrations(home.root()).contains(code, r))
                        .map(Registered::sha256));
        registered.ifPresent(r -> archive.writeRegistration(r.file()));
        archive.open(record, experiment);
        List<PlannedTrial> planned = new ArrayList<>();
        for (ArmTrial trial : experiment.trials()) {
            TrialIdentity identity = new TrialIdentity(trial.spec(), fingerprint, stack);
            TrialId id = rerunOf.isPresent() ? TrialId.of(run, identity.key()) : TrialId.shared(identity.key());
            TrialArchive trained = new TrialArchive(store, id);
            boolean cached = trained.isComplete();
            if (!cached) {
                trained.addTrainedBy(new TrainedBy(START, run, code, record.registration()));
                write(trained, trial, identity);
            }
            planned.add(new PlannedTrial(id, trial.arm(), trial.label(), cached));
        }
        archive.writePlan(new CampaignPlan(planned));
        CampaignContents contents = CampaignContents.read(store, run);
        ClaimSet claims = ClaimFile.read(home);
        Ending ending = new Ending(
                START.plusSeconds(60),
                2,
                Optional.of("workflow"),
                Map.of(),
                Optional.of(contents.trials().stream()
                        .collect(Collectors.toMap(t -> t.planned().id(), t -> attempts()))),
                Optional.of(Map.of()),
                Optional.of(
                        new RegistrationCheck(store, Rules.of(claims)).status(record, experiment, contents.plan())));
        new CampaignReport(store, claims).write(contents.with(ending));
        return contents;
    }

    private static PreparedDataset dataset(String name, String fingerprint) {
        PreparedDataset.Part images = new PreparedDataset.Part(100, Sha256.of("images"), Sha256.of("labels"));
        return new PreparedDataset(
                name,
                fingerprint,
                28,
                28,
                1,
                List.of("one", "other"),
                List.of(0.5),
                List.of(0.3),
                images,
                images,
                images,
                "none");
    }

    private static List<TaskAttempt> attempts() {
        return List.of(step("train", 0, 20), step("evaluate", 20, 25));
    }

    private static TaskAttempt step(String task, int from, int to) {
        Instant start = START.plusSeconds(from);
        return new TaskAttempt(
                task,
                TaskStatus.COMPLETED,
                1,
                Optional.of("slot-1"),
                Optional.of(start),
                Optional.of(start.plusMillis(100)),
                Optional.of(START.plusSeconds(to)),
                Optional.empty(),
                Optional.empty());
    }

    private void write(TrialArchive archive, ArmTrial trial, TrialIdentity identity) {
        archive.writeIdentity(identity);
        int epochs = identity.spec().recipe().epochs();
        List<JournalRow> journal = new ArrayList<>();
        // The arms differ by seed, so that the statistics of a report have something to do.
        double gain = trial.arm().equals("cbn") ? 0.01 * identity.spec().seed() : 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double loss = 2.0 / epoch + shift - gain;
            boolean precise = evaluatedTwice && epoch == epochs;
            journal.add(new JournalRow(
                    epoch,
                    epoch * 15L,
                    START.plusSeconds(epoch),
                    0.1,
                    loss,
                    0.5 + shift,
                    loss,
                    0.5 + shift,
                    1,
                    240,
                    Optional.empty(),
                    Optional.empty(),
                    precise ? Optional.of(0.9) : Optional.empty(),
                    precise ? Optional.of(0.6) : Optional.empty(),
                    Optional.empty()));
        }
        int right = (int) (40 + identity.spec().seed() + Math.round(100 * shift));
        byte[] model = (identity.key() + shift).getBytes(StandardCharsets.UTF_8);
        TrainingRecord training = new TrainingRecord(
                Outcome.COMPLETED,
                epochs,
                Sha256.of(model),
                40_026,
                0,
                START,
                START.plusSeconds(20),
                20,
                new Machine("Linux", "test", 2, 8192, "test VM", stack.deviceClass()));
        archive.complete(ByteBuffer.wrap(model), journal, List.of(), training);
        archive.writeResult(new TrialResult(
                identity,
                training,
                scores(right),
                evaluatedTwice ? Optional.of(scores(right + 5)) : Optional.empty(),
                0.6,
                0.6,
                START.plusSeconds(25),
                2));
    }

    private static Scores scores(int right) {
        return new Scores(
                0.7,
                right / 100.0,
                0.95,
                List.of(right / 50.0, 0.0),
                List.of(List.of(right, 50 - right), List.of(50, 0)));
    }
}
