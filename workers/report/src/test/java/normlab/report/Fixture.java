package normlab.report;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.ArmTrial;
import normlab.experiment.Comparison;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.json.StrictBinding;
import normlab.provenance.Machine;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.ClaimSet;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.Scores;
import normlab.trial.TrainingRecord;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/** Synthetic campaigns: one with the means, spreads and differences of the pilot, and ways to damage it. */
public final class Fixture {
    /** The workflow of every trial with attempts. */
    static final String WORKFLOW = "0e1f7a52-98d0-4c36-a8c7-0d8d0b0f6a11";

    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Recipe RECIPE = new Recipe(0.1, 0.9, 5e-4, 64, 4, 80);
    private static final double[] SHAPE = {1.75, 0.95, 0.72, 0.58};
    private static final double[] RISE = {0.86, 0.95, 0.985, 1.0};

    /** Means and SD of BN, differences and their SD of CBN, control and no normalization; accuracies in percent. */
    private record Pilot(
            double bn,
            double bnSd,
            double delta,
            double deltaSd,
            double control,
            double none,
            double loss,
            double deltaLoss,
            double auc,
            double deltaAuc) {}

    private static final Map<Activation, Pilot> PILOT = new TreeMap<>(Map.of(
            Activation.SIGMOID, new Pilot(78.95, .32, 5.26, .419, 84.5, 10.0, .57, -.138, .95, -.240),
            Activation.TANH, new Pilot(84.31, .66, .37, .274, 85.9, 81.94, .42, -.022, .62, -.015),
            Activation.RELU, new Pilot(86.26, .27, -.04, .25, 87.8, 80.51, .30, -.002, .56, -.009),
            Activation.SELU, new Pilot(83.91, .92, .69, .68, 85.1, 85.05, .43, -.021, .60, -.007),
            Activation.SWISH, new Pilot(86.09, .29, .25, .318, 86.8, 80.35, .31, -.014, .57, -.018)));

    private static final ClaimSet CLAIMS = readClaims();

    private Fixture() {}

    /** The claims of workflows/claims. */
    public static ClaimSet claims() {
        return CLAIMS;
    }

    private static ClaimSet readClaims() {
        Path file = Path.of("../../workflows/claims/abstract.yaml");
        try {
            return StrictBinding.bind(new YAMLMapper().readTree(file.toFile()), ClaimSet.class, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Experiment experiment(Map<String, Arm> arms, List<Comparison> comparisons) {
        return new Experiment(
                "quick",
                "Fashion-MNIST, an eight-layer plain network, a few minutes on two cores.",
                new DatasetSpec("fashion-mnist", 1024, 500),
                List.of("plain-8"),
                List.of(Activation.values()),
                RECIPE,
                List.of(),
                arms,
                comparisons,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Map<String, Arm> arms() {
        Normalization bn = new Normalization.BatchNorm(1e-5, 0.1);
        return Map.of(
                "none", new Arm("None", new Normalization.None(), Head.OFF, Optional.of(0.03), List.of(0L)),
                "bn", new Arm("BN", bn, Head.OFF, Optional.empty(), seeds(5)),
                "bn-post", new Arm("BN, head", bn, Head.POST_GAP, Optional.empty(), seeds(3)),
                "cbn",
                        new Arm(
                                "CBN-R",
                                new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1),
                                Head.PRE_GAP,
                                Optional.empty(),
                                seeds(5)));
    }

    public static List<Comparison> comparisons() {
        return List.of(
                new Comparison("cbn", "bn", "Normalization moved and its head added, both at once."),
                new Comparison("bn-post", "bn", "What the head alone does to BN."));
    }

    /** Seventy trials like those of the pilot. */
    public static CampaignResults quick() {
        return campaign(experiment(arms(), comparisons()), UnaryOperator.identity());
    }

    public static CampaignResults campaign(Experiment experiment, UnaryOperator<TrialOutcome> change) {
        List<TrialOutcome> trials =
                experiment.trials().stream().map(Fixture::trial).map(change).toList();
        CampaignRecord run =
                new CampaignRecord("quick-20261122-100000-4f2a", experiment.name(), START, "4f2a91c", Optional.empty());
        return new CampaignResults(
                run,
                experiment,
                trials,
                START,
                START.plusSeconds(552),
                2,
                Optional.of("7f1f0c1e-77aa-4a57-9c4b-5a2c0c1d7b11"),
                List.of());
    }

    static CampaignResults rerunOf(CampaignResults campaign, List<RerunVerdict> verdicts) {
        CampaignRecord run = campaign.record();
        return new CampaignResults(
                new CampaignRecord("quick-again", run.experiment(), run.startedAt(), run.code(), Optional.of(run.id())),
                campaign.experiment(),
                campaign.trials(),
                campaign.startedAt(),
                campaign.endedAt(),
                campaign.slots(),
                campaign.workflowId(),
                verdicts);
    }

    static TrialOutcome trial(ArmTrial trial) {
        Pilot pilot = Objects.requireNonNull(PILOT.get(trial.spec().activation()));
        int seed = (int) trial.spec().seed();
        double[] bn = draws(trial.spec().activation().ordinal());
        double[] delta = draws(100 + trial.spec().activation().ordinal());
        double accuracyBn = pilot.bn() + pilot.bnSd() * bn[seed];
        double accuracy = switch (trial.arm()) {
            case "cbn" -> accuracyBn + pilot.delta() + pilot.deltaSd() * delta[seed];
            case "bn-post" -> pilot.control() + 0.6 * bn[seed];
            case "none" -> pilot.none();
            default -> accuracyBn;
        };
        boolean cbn = trial.arm().equals("cbn");
        boolean chance = accuracy <= 10;
        double noise = 0.012 * bn[seed] + (cbn ? 0.01 * delta[seed] : 0);
        double head = trial.arm().equals("bn-post") ? -0.06 + 0.015 * delta[seed] : 0;
        double loss = chance ? 2.303 : pilot.loss() + noise + head + (cbn ? pilot.deltaLoss() : 0);
        double auc = chance ? 2.303 : pilot.auc() + noise + 1.5 * head + (cbn ? pilot.deltaAuc() : 0);
        return outcome(trial, accuracy / 100, loss, journal(accuracy / 100, auc, chance));
    }

    private static TrialOutcome outcome(ArmTrial trial, double top1, double loss, List<JournalRow> journal) {
        String key = Sha256.of(trial.label());
        TrainingStack stack =
                new TrainingStack(Sha256.of("sources"), "0.35.1", "2.7.1", "cpu-amd64-AuthenticAMD-25.1-avx2", 1);
        Machine machine = new Machine(
                "Linux 6.8.0", "AMD EPYC 7763", 2, 7936, "OpenJDK 64-Bit Server VM 25.0.1+8", stack.deviceClass());
        double seconds =
                12 + trial.spec().activation().ordinal() + 0.2 * trial.spec().seed();
        TrainingRecord training = new TrainingRecord(
                Outcome.COMPLETED, 4, Sha256.of(key), 40026, 0, START, START.plusSeconds(15), seconds, machine);
        List<Double> perClass = Collections.nCopies(10, top1);
        TrialResult result = new TrialResult(
                new TrialIdentity(trial.spec(), Sha256.of("data"), stack),
                training,
                new Scores(loss + .05, top1, Math.min(1, top1 + .13), perClass, List.of()),
                loss,
                loss - .004,
                START.plusSeconds(16),
                0.8);
        return new TrialOutcome(
                new CampaignPlan.PlannedTrial(TrialId.shared(key), trial.arm(), trial.label(), false),
                trial.spec(),
                Optional.of(result),
                journal,
                Optional.empty());
    }

    private static List<JournalRow> journal(double accuracy, double auc, boolean flat) {
        List<JournalRow> rows = new ArrayList<>();
        for (int epoch = 1; epoch <= 4; epoch++) {
            double loss = flat ? auc : auc * SHAPE[epoch - 1];
            double reached = flat ? accuracy : accuracy * RISE[epoch - 1];
            rows.add(new JournalRow(
                    epoch, 160L * epoch, START.plusSeconds(4L * epoch), 0.1, loss, reached, loss, reached, 3.5, 2900));
        }
        return rows;
    }

    /** A divergence: chance, no finite loss, fewer epochs. */
    public static TrialOutcome diverged(TrialOutcome trial) {
        TrialResult r = trial.result().orElseThrow();
        TrainingRecord t = r.training();
        TrainingRecord stopped = new TrainingRecord(
                Outcome.DIVERGED, 1, t.modelSha256(), t.parameters(), 0, t.startedAt(), t.endedAt(), 3, t.machine());
        Scores chance = new Scores(Double.NaN, 0.1, 0.5, Collections.nCopies(10, 0.1), List.of());
        TrialResult result = new TrialResult(
                r.identity(), stopped, chance, Double.NaN, Double.POSITIVE_INFINITY, r.evaluatedAt(), 0.8);
        JournalRow first = new JournalRow(1, 160, START, 0.1, Double.NaN, 0.1, Double.POSITIVE_INFINITY, 0.1, 3, 2900);
        return new TrialOutcome(trial.planned(), trial.spec(), Optional.of(result), List.of(first), Optional.empty());
    }

    public static TrialOutcome failed(TrialOutcome trial, String reason) {
        return new TrialOutcome(trial.planned(), trial.spec(), Optional.empty(), List.of(), Optional.of(reason));
    }

    /** As the workflow engine reports it: two processes take trials in turn; one training died and was retried. */
    static TrialOutcome attempted(TrialOutcome trial) {
        long begun = trial.spec().seed() * 90L + trial.spec().activation().ordinal() * 18L;
        Optional<String> slot =
                Optional.of("desk:4242:slot-" + (1 + trial.spec().seed() % 2));
        List<TaskAttempt> attempts = new ArrayList<>();
        long from = begun;
        if (trial.planned().label().equals("tanh-cbn-s1")) {
            attempts.add(attempt("train", 1, TaskStatus.FAILED, slot, 1, begun, begun + 6, "the worker process died"));
            from = begun + 9;
        }
        int last = attempts.size() + 1;
        attempts.add(attempt(
                "train",
                last,
                TaskStatus.COMPLETED,
                slot,
                last == 1 ? 1 : begun + 6,
                from,
                from + 15,
                last == 1 ? "" : "the worker process died"));
        attempts.add(attempt(
                "evaluate",
                1,
                TaskStatus.COMPLETED,
                Optional.of("desk:4200:coordinator"),
                from + 15,
                from + 16,
                from + 18,
                ""));
        return trial.with(attempts);
    }

    private static TaskAttempt attempt(
            String task,
            int number,
            TaskStatus outcome,
            Optional<String> worker,
            long queued,
            long started,
            long ended,
            String reason) {
        return new TaskAttempt(
                task,
                outcome,
                number,
                worker,
                Optional.of(START.plusSeconds(queued)),
                Optional.of(START.plusSeconds(started)),
                Optional.of(START.plusSeconds(ended)),
                Optional.of(reason).filter(r -> !r.isEmpty()),
                Optional.of(WORKFLOW));
    }

    static TrialOutcome cached(TrialOutcome trial) {
        CampaignPlan.PlannedTrial p = trial.planned();
        return new TrialOutcome(
                new CampaignPlan.PlannedTrial(p.id(), p.arm(), p.label(), true),
                trial.spec(),
                trial.result(),
                trial.journal(),
                trial.failure());
    }

    public static List<Long> seeds(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /** Five draws with mean 0 and SD 1 exactly, so that means and spreads equal those of the pilot. */
    private static double[] draws(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] raw = DoubleStream.generate(random::nextGaussian).limit(5).toArray();
        double mean = DoubleStream.of(raw).average().orElseThrow();
        double sd =
                Math.sqrt(DoubleStream.of(raw).map(v -> (v - mean) * (v - mean)).sum() / 4);
        return DoubleStream.of(raw).map(v -> (v - mean) / sd).toArray();
    }
}
