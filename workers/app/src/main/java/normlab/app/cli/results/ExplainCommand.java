package normlab.app.cli.results;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import normlab.app.cli.Campaigns;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.app.trace.Explainer;
import normlab.app.trace.Explanation;
import normlab.app.trace.IdentityDifference;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.dataset.DatasetCatalog;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.learning.LearningStack;
import normlab.platform.config.ExperimentFiles;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskAttempt;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why a trial is cached or not, and where its result comes from. */
@Command(
        name = "explain",
        description = "Show why a trial is cached or not, and its path from the data to the score.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab explain quick/sigmoid-cbn-s1                       as it would be trained now",
            "  ./normlab explain quick-20261123-005334-6c03/sigmoid-cbn-s1  as a campaign trained it",
            "  ./normlab explain b8f3b234                                   by the beginning of its key"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Parameters(
            paramLabel = "TRIAL",
            description =
                    "EXPERIMENT/LABEL, CAMPAIGN/LABEL or the first digits of a trial's key. `plan` lists labels and keys.")
    private String trial = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "With EXPERIMENT/LABEL: replace a value, such as recipe.learningRate=0.05.")
    private List<String> settings = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        try (StoredResults stored = StoredResults.of(Home.current())) {
            Explanation explanation = explain(stored);
            output.print(explanation, out -> print(explanation, out));
            return ExitCode.DONE;
        }
    }

    private Explanation explain(StoredResults stored) {
        Explainer explainer = new Explainer(stored.required());
        List<String> campaigns = Campaigns.of(stored.required());
        int slash = trial.indexOf('/');
        List<String> experiments = new ExperimentFiles(Home.current().experiments()).names();
        if (slash < 0 && (experiments.contains(trial) || campaigns.contains(trial))) {
            throw new InvalidInputException(
                    trial,
                    "has many trials, expected one of them, such as %s/sigmoid-bn-s1; ./normlab plan shows labels"
                            .formatted(trial));
        }
        if (slash < 0) {
            TrialId id = TrialId.shared(explainer.keyOf(trial));
            return explainer.explain(trial, new TrialArchive(stored.required(), id).identity(), id, campaigns);
        }
        String owner = trial.substring(0, slash);
        String label = trial.substring(slash + 1);
        if (!experiments.contains(owner) && !campaigns.contains(owner)) {
            List<String> known = new ArrayList<>(experiments);
            known.addAll(campaigns);
            throw new InvalidInputException(
                    trial, owner + " is neither an experiment nor a campaign" + StrictBinding.suggestion(owner, known));
        }
        if (!experiments.contains(owner)) {
            PlannedTrial planned = planned(stored, owner, label);
            return explainer.explain(
                    label, new TrialArchive(stored.required(), planned.id()).identity(), planned.id(), campaigns);
        }
        TrialIdentity identity = asTrainedNow(owner, label);
        return explainer.explain(label, identity, TrialId.shared(identity.key()), campaigns);
    }

    private PlannedTrial planned(StoredResults stored, String campaign, String label) {
        List<PlannedTrial> trials = stored.campaign(campaign)
                .plan()
                .orElseThrow(() -> new InvalidInputException(campaign, "has no plan yet; ./normlab watch " + campaign))
                .trials();
        return labelled(label, trials, PlannedTrial::label, "campaign");
    }

    private <T> T labelled(String label, List<T> trials, Function<T, String> labels, String owner) {
        return trials.stream()
                .filter(t -> labels.apply(t).equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        trial,
                        "is not a trial of the " + owner
                                + StrictBinding.suggestion(
                                        label, trials.stream().map(labels).toList())));
    }

    private TrialIdentity asTrainedNow(String experiment, String label) {
        Home home = Home.current();
        Experiment resolved = new ExperimentFiles(home.experiments()).load(experiment, settings);
        ArmTrial trial = labelled(label, resolved.trials(), ArmTrial::label, "experiment");
        return new TrialIdentity(
                trial.spec(),
                new DatasetCatalog(home.datasets()).fingerprint(resolved.dataset()),
                LearningStack.current(Slots.ofThisMachine().threads()));
    }

    private static void print(Explanation e, PrintWriter out) {
        out.printf("%s  key %s%n", e.label(), e.key());
        if (e.complete()) {
            out.println("Cached: its result is in the store, at " + e.prefix());
        } else {
            out.println("Not cached: the store has no result for it.");
            e.nearest().ifPresent(n -> print(n, out));
        }
        Explanation.Chain chain = e.chain();
        out.println();
        out.println(chain.data()
                .map(d ->
                        "Data        %s, fingerprint %.12s…: %,d training images, %,d validation images, %,d test images"
                                .formatted(d.name(), d.fingerprint(), d.training(), d.validation(), d.test()))
                .orElse("Data        %s, fingerprint %.12s…: not prepared yet"
                        .formatted(
                                e.identity().spec().dataset().name(),
                                e.identity().datasetFingerprint())));
        out.println("Plan        " + campaigns(e.runs()));
        out.println("Training    " + training(chain));
        out.println("Evaluation  "
                + chain.scored()
                        .map(s -> "%s: test accuracy %.2f %%, loss %.4f, in %.1f s"
                                .formatted(seconds(s.at()), 100 * s.top1(), s.loss(), s.seconds()))
                        .orElse("not yet"));
        chain.attempts().forEach(a -> out.println("            " + attempt(a)));
    }

    private static String campaigns(List<String> runs) {
        int earlier = Math.max(0, runs.size() - SHOWN);
        String newest = String.join(", ", runs.subList(earlier, runs.size()));
        return runs.isEmpty()
                ? "not in any campaign yet"
                : earlier == 0 ? newest : "%s and %d earlier campaigns".formatted(newest, earlier);
    }

    private static String attempt(TaskAttempt attempt) {
        return "%s, attempt %d: queued %s, started %s, ended %s, %s%s%s"
                .formatted(
                        attempt.name(),
                        attempt.attempt(),
                        time(attempt.queuedAt()),
                        time(attempt.startedAt()),
                        time(attempt.endedAt()),
                        attempt.status().name().toLowerCase(Locale.ROOT),
                        attempt.worker().map(w -> " on " + w).orElse(""),
                        attempt.reason().map(r -> "; " + r).orElse(""));
    }

    private static String time(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("never");
    }

    private static void print(Explanation.Nearest nearest, PrintWriter out) {
        out.printf("The most similar complete trial is %.8s; it differs in:%n", nearest.key());
        for (IdentityDifference d : nearest.differences()) {
            out.printf("  %s: asked %s, stored %s%n", d.field(), shortened(d.asked()), shortened(d.stored()));
        }
    }

    private static String shortened(String value) {
        return value.matches("[0-9a-f]{64}") ? value.substring(0, 12) + "…" : value;
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String training(Explanation.Chain chain) {
        return chain.training()
                .map(t -> "%s to %s, %s: %s after %d epochs, %.1f s%s, model %.12s… (%,d values)"
                        .formatted(
                                seconds(t.startedAt()),
                                seconds(t.endedAt()),
                                t.machine().deviceClass(),
                                t.outcome().word(),
                                t.epochs(),
                                t.seconds(),
                                t.resumes() == 0 ? "" : ", resumed %d times".formatted(t.resumes()),
                                t.modelSha256(),
                                t.parameters()))
                .orElse(
                        chain.journal().isEmpty()
                                ? "not begun"
                                : "at epoch %d, last update %s"
                                        .formatted(
                                                chain.journal().size(),
                                                seconds(chain.journal()
                                                        .getLast()
                                                        .at())));
    }
}
