package normlab.report.page;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cost;
import normlab.report.analysis.Provenance;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;
import normlab.report.format.Words;

/** Facts about the campaign: arms, recipe, cost, provenance, and whether a rerun gave the same bytes. */
final class CampaignFacts {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Analysis analysis;
    private final CampaignResults campaign;

    CampaignFacts(Analysis analysis) {
        this.analysis = analysis;
        this.campaign = analysis.campaign();
    }

    String started() {
        return DATE.format(campaign.startedAt());
    }

    /** One sentence: activations, dataset, network, recipe. */
    String compared() {
        Experiment experiment = campaign.experiment();
        Recipe recipe = experiment.recipe();
        return "%s under %s. Dataset %s, %s training images per class; network %s; SGD with momentum %s, batch %d, %s, %s."
                .formatted(
                        Words.list(analysis.arms().stream().map(analysis::title).toList()),
                        Words.list(analysis.activations().stream()
                                .map(a -> a.title())
                                .toList()),
                        experiment.dataset().name(),
                        Numbers.count(experiment.dataset().trainPerClass()),
                        String.join(", ", experiment.networks()),
                        recipe.momentum(),
                        recipe.batchSize(),
                        Numbers.count(recipe.epochs(), "epoch"),
                        rates(experiment));
    }

    private static String rates(Experiment experiment) {
        return experiment.learningRates().isEmpty()
                ? "peak learning rate " + Numbers.plain(experiment.recipe().learningRate())
                : "every arm at the peak learning rates "
                        + Words.list(experiment.learningRates().stream()
                                .map(Numbers::plain)
                                .toList());
    }

    private static String rates(Experiment experiment, Arm arm) {
        return experiment.learningRates().isEmpty()
                ? Numbers.plain(arm.learningRate().orElse(experiment.recipe().learningRate()))
                : String.join(
                        ", ",
                        experiment.learningRates().stream().map(Numbers::plain).toList());
    }

    TableView arms() {
        List<List<CellView>> rows = new ArrayList<>();
        for (String name : analysis.arms()) {
            Arm arm = analysis.arm(name);
            rows.add(List.of(
                    CellView.text(arm.title()),
                    CellView.mono(name),
                    CellView.text(layers(arm)),
                    CellView.text(head(arm)),
                    CellView.number(rates(campaign.experiment(), arm)),
                    CellView.number(String.valueOf(arm.seeds().size())),
                    CellView.number(parameters(name))));
        }
        List<String> head = List.of("Arm", "Name", "Layers", "Head", "Peak rate", "Seeds", "Parameters");
        return new TableView("The arms", head, rows);
    }

    TableView cost() {
        Cost cost = Cost.of(campaign);
        String share = cost.orchestrationShare().isPresent()
                ? Numbers.fixed(100 * cost.orchestrationShare().getAsDouble(), 1) + " %"
                : Numbers.ABSENT;
        String mean = cost.trained() == 0 ? Numbers.ABSENT : Numbers.duration(cost.trialSeconds() / cost.trained());
        return facts(
                "Cost",
                List.of(
                        fact("Campaign, wall clock", Numbers.duration(cost.wallSeconds())),
                        fact("Parallel training processes", Numbers.count(campaign.slots())),
                        fact("Trials trained in this campaign", Numbers.count(cost.trained())),
                        fact("Total time of their training and evaluation", Numbers.duration(cost.trialSeconds())),
                        fact("Mean time per trial", mean),
                        fact("Orchestration share", share)));
    }

    TableView provenance() {
        List<List<CellView>> rows = new ArrayList<>();
        rows.add(fact("Campaign", campaign.record().id()));
        campaign.record().rerunOf().ifPresent(first -> rows.add(fact("Repeats the campaign", first)));
        campaign.workflowId().ifPresent(id -> rows.add(fact("Workflow", id)));
        rows.add(List.of(
                CellView.text("MLflow"),
                CellView.text("links to the pages of the campaign and its trials, in a file next to this one")
                        .inFolder("mlflow.html")));
        rows.add(List.of(
                CellView.text("Images"),
                CellView.text("a sheet of each class, in a file next to this one; never in a bundle or in MLflow")
                        .inFolder("images.html")));
        for (Provenance.Fact fact : Provenance.of(campaign)) {
            String values = fact.values().isEmpty() ? Numbers.ABSENT : String.join("; ", fact.values());
            rows.add(fact(fact.name(), values));
        }
        return facts("Environment and provenance", rows);
    }

    TableView rerun() {
        List<List<CellView>> rows =
                campaign.rerun().stream().map(CampaignFacts::rerun).toList();
        return new TableView(
                "Models of the rerun and of the first campaign",
                List.of("Trial", "Same bytes", "First SHA-256", "Rerun SHA-256"),
                rows);
    }

    String rerunSummary() {
        long equal = campaign.rerun().stream().filter(RerunVerdict::equalBytes).count();
        return "%d of %s trained again %s the same bytes as in campaign %s."
                .formatted(
                        equal,
                        Numbers.count(campaign.rerun().size(), "model"),
                        equal == 1 ? "has" : "have",
                        campaign.record().rerunOf().orElse("before"));
    }

    private static List<CellView> rerun(RerunVerdict verdict) {
        CellView equal = CellView.text(verdict.equalBytes() ? "✓ yes" : "✗ no");
        return List.of(
                CellView.text(verdict.label()),
                verdict.equalBytes() ? equal : equal.warn(),
                CellView.mono(verdict.originalSha256()),
                CellView.mono(verdict.rerunSha256().orElse("not trained")));
    }

    private String parameters(String arm) {
        List<String> counts = campaign.trials().stream()
                .filter(t -> t.planned().arm().equals(arm))
                .map(TrialOutcome::result)
                .flatMap(Optional::stream)
                .map(r -> r.training().parameters())
                .distinct()
                .sorted()
                .map(Numbers::count)
                .toList();
        return counts.isEmpty() ? Numbers.ABSENT : String.join(", ", counts);
    }

    private static String layers(Arm arm) {
        String layers = describe(arm.normalization());
        return arm.centredActivation().isPresent() ? layers.replaceFirst("φ$", "φ − mean of φ") : layers;
    }

    private static String head(Arm arm) {
        return describe(arm.head())
                + arm.resolvedHead().map(CampaignFacts::describe).orElse("");
    }

    private static String describe(HeadNormaliser normaliser) {
        String kind = switch (normaliser.kind()) {
            case STANDARDISE -> "";
            case BOUNDED -> " bounded,";
            case ROOT_MEAN_SQUARE -> " without centring,";
            case WHITEN -> " whitening,";
        };
        String share = normaliser.perFanIn().isPresent() ? "/√fan-in" : "";
        return ",%s c = %s%s".formatted(kind, Numbers.fixed(normaliser.c(), 4), share);
    }

    private static String describe(Normalization normalization) {
        return switch (normalization) {
            case Normalization.None none -> "weights → φ";
            case Normalization.BatchNorm bn -> "weights → BN with γ, β → φ";
            case Normalization.CompleteBatchNorm cbn -> describe(cbn.variant()).formatted(constants(cbn));
            case Normalization.CompleteWhitening whitening ->
                "whitening, c = %s%s → weights → φ"
                        .formatted(Numbers.fixed(whitening.c(), 4), groups(whitening.groupSize()));
            case Normalization.WhitenedBatchNorm bn ->
                "weights → whitening%s with γ, β → φ".formatted(groups(bn.groupSize()));
        };
    }

    private static String constants(Normalization.CompleteBatchNorm cbn) {
        String share = cbn.perFanIn().isPresent() ? "/√fan-in" : "";
        String floor =
                cbn.floor().map(s -> ", divisor at least " + Numbers.plain(s)).orElse("");
        return Numbers.fixed(cbn.c(), 4) + share + floor;
    }

    private static String describe(Normalization.Variant variant) {
        return switch (variant) {
            case PLAIN -> "CBN-R, c = %s → weights → φ";
            case SWAP -> "BN with γ from c = %s and β → weights → φ";
            case OUT_GAIN -> "CBN-R, c = %s → weights with output gain → φ";
            case DUAL -> "CBN-R, c = %s → weights → BN with γ, β → φ";
            case RMS -> "CBN-R without centring, c = %s → weights → φ";
            case WEIGHT_STANDARDISED -> "CBN-R, c = %s → standardised weights → φ";
        };
    }

    private static String groups(int groupSize) {
        return groupSize == 0 ? "" : ", groups of " + groupSize;
    }

    private static String describe(Head head) {
        return switch (head) {
            case OFF -> "pool → classifier";
            case PRE_GAP -> "normaliser → pool → classifier";
            case POST_GAP -> "pool → normaliser → classifier";
        };
    }

    private static TableView facts(String caption, List<List<CellView>> rows) {
        return new TableView(caption, List.of("Fact", "Value"), rows);
    }

    private static List<CellView> fact(String name, String value) {
        return List.of(CellView.text(name), CellView.text(value));
    }
}
