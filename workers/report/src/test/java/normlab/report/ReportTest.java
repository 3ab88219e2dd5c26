package normlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import normlab.experiment.Arm;
import normlab.experiment.Comparison;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.RerunVerdict;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.Findings;
import normlab.report.figure.Figure;
import normlab.report.page.Page;
import normlab.report.text.Markdown;
import normlab.report.text.TerminalTable;
import normlab.trial.Scores;
import normlab.trial.TrialResult;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String HOSTILE =
            "<script>alert('&\"x\"')</script> | * \\input{/etc/passwd} \\write18{x} $(x) `x` ${x} %n [x](javascript:x)";
    private static final Report QUICK = Report.of(Fixture.quick(), Fixture.claims());
    private static final Report SPOILT = Report.of(Fixture.campaign(experiment(), ReportTest::spoil), Fixture.claims());

    @Test
    void thePilotsNumbersAreReproduced() {
        assertThat(text(QUICK.html()))
                .contains("78.95 ± 0.32")
                .contains("+5.26 *")
                .contains("[+4.74, +5.78], n = 5")
                .contains("+0.37")
                .contains("[+0.03, +0.71], n = 5");
    }

    @Test
    void theReadingNamesBetterLeaningAndNoDifferenceByRule() {
        assertThat(text(QUICK.html()))
                .contains("better for Sigmoid (+5.26 [+4.74, +5.78] points, n = 5)")
                .contains("leaning better, though not after Holm's correction, for Tanh")
                .contains("no difference shown for ReLU (−0.04 [−0.35, +0.27] points, n = 5)")
                .contains("Against this control, CBN-R is ")
                .doesNotContain("no gain is shown")
                .contains("None of this shows the effect of placement alone.");
    }

    @Test
    void everyArmAndActivationIsInTheMainTable() {
        for (String name : List.of("None", "BN", "BN, head", "CBN-R", "Sigmoid", "Tanh", "ReLU", "SELU", "Swish")) {
            assertThat(QUICK.readmeTable()).contains("| " + name + " |");
            assertThat(text(QUICK.html())).contains(name);
            assertThat(QUICK.terminalTable()).contains(name);
        }
    }

    @Test
    void thePageSaysThatCbnIsOurReconstruction() {
        for (String shown : List.of(text(QUICK.html()), QUICK.readmeTable(), QUICK.summaryMarkdown())) {
            assertThat(shown).contains("CBN-R").contains("reconstruction").contains("abstract");
        }
        assertThat(QUICK.html()).contains("10.1109/TPAMI.2023.3319005");
        assertThat(QUICK.terminalTable()).contains("reconstruction");
    }

    @Test
    void thePageLoadsAndRunsNothing() {
        assertThat(QUICK.html())
                .doesNotContainPattern("(?i)<script|<link|<img|<iframe|@import|\\ssrc=|\\son[a-z]+=")
                .doesNotContainPattern("(?i)url\\((?!#)");
    }

    @Test
    void equalCampaignsGiveEqualBytes() {
        Map<String, byte[]> again = Report.of(Fixture.quick(), Fixture.claims()).files();
        assertThat(again.keySet()).isEqualTo(QUICK.files().keySet());
        QUICK.files()
                .forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void withoutFiguresThePageSaysWhyAndKeepsTheRest() {
        String page =
                text(Page.of(Findings.of(Fixture.quick(), Fixture.claims())).html(List.of(), "no figures: no fonts"));
        assertThat(page)
                .contains("No figures: no fonts.")
                .contains("78.95 ± 0.32")
                .contains("How it was made");
    }

    @Test
    void eachOfSeveralNetworksIsReadUnderItsName() {
        String page = page(Fixture.campaign(twoNetworks(), trial -> trial));
        assertThat(page)
                .contains("<strong>plain-8</strong>: Test accuracy", "<strong>plain-14</strong>: Test accuracy");
        assertThat(page(Fixture.quick())).doesNotContain("<strong>plain-8</strong>");
    }

    @Test
    void noFormOfAReportShowsOnlyTheFirstNetwork() {
        Findings findings = Findings.of(Fixture.campaign(twoNetworks(), trial -> trial), Fixture.claims());
        assertThat(Markdown.summary(findings)).contains("**plain-8**: Test accuracy", "**plain-14**: Test accuracy");
        assertThat(TerminalTable.of(findings, TerminalTable.UNBROKEN))
                .contains("\nplain-8\nActivation", "\nplain-14\nActivation")
                .contains("\nplain-8: Test accuracy", "\nplain-14: Test accuracy");
        String page = text(Page.of(findings).html(List.of(), "none drawn"));
        String time = page.substring(page.indexOf("Seconds of training"), page.indexOf("How it was made"));
        assertThat(time).contains("plain-8, Sigmoid", "plain-14, Sigmoid");
        String perClass = page.substring(page.indexOf("Test accuracy by class"));
        assertThat(perClass).contains("plain-8, Sigmoid, BN", "plain-14, Sigmoid, BN");
    }

    @Test
    void classesHaveTheirNamesAndAThousandDoNotBreakTheTable() {
        List<String> names = IntStream.range(0, 1000)
                .mapToObj(i -> i == 0 ? "a class whose folder has a very long name" : "n0" + i)
                .toList();
        CampaignResults thousand = named(Fixture.campaign(twoNetworks(), ReportTest::ofAThousandClasses), names);
        String page = Page.of(Findings.of(thousand, Fixture.claims())).html(List.of(), "none drawn");
        String table = page.substring(page.indexOf("Test accuracy by class"));
        table = table.substring(0, table.indexOf("</table>"));
        assertThat(table)
                .contains("the 20 hardest of 1,000 classes", "a class whose folder ha…", "n019")
                .doesNotContain("n020", "very long name");
        assertThat(text(page(Fixture.quick()))).contains("Class 9");
        assertThat(page(named(Fixture.quick(), List.of("T-shirt/top", "<b>")))).contains("T-shirt/top", "&lt;b&gt;");
    }

    private static CampaignResults named(CampaignResults campaign, List<String> names) {
        return new CampaignResults(
                campaign.record(),
                campaign.experiment(),
                campaign.trials(),
                campaign.startedAt(),
                campaign.endedAt(),
                campaign.slots(),
                campaign.workflowId(),
                campaign.rerun(),
                campaign.registration(),
                names);
    }

    /** The first classes are the hardest. */
    private static TrialOutcome ofAThousandClasses(TrialOutcome trial) {
        TrialResult result = trial.result().orElseThrow();
        List<Double> perClass =
                IntStream.range(0, 1000).mapToObj(i -> i / 1000.0).toList();
        Scores scores = new Scores(
                result.test().loss(), result.test().top1(), result.test().top5(), perClass, List.of());
        return new TrialOutcome(
                trial.planned(),
                trial.spec(),
                Optional.of(new TrialResult(
                        result.identity(),
                        result.training(),
                        scores,
                        result.trainLossEvalMode(),
                        result.trainLossTrainMode(),
                        result.evaluatedAt(),
                        result.evaluationSeconds())),
                trial.journal(),
                trial.probes(),
                trial.failure());
    }

    @Test
    void everyTrainedRateIsNamed() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.remove("none");
        String page = text(page(Fixture.campaign(variant(arms, List.of("plain-8"), List.of(0.03, 0.1)), t -> t)));
        assertThat(page)
                .contains("every arm at the peak learning rates 0.03 and 0.1.")
                .contains("0.03, 0.1 5 ");
        assertThat(text(QUICK.html())).contains("peak learning rate 0.1.");
    }

    private static Experiment twoNetworks() {
        return variant(Fixture.arms(), List.of("plain-8", "plain-14"), List.of());
    }

    private static Experiment variant(Map<String, Arm> arms, List<String> networks, List<Double> rates) {
        Experiment one = experiment();
        return new Experiment(
                one.name(),
                one.description(),
                one.dataset(),
                networks,
                one.activations(),
                one.recipe(),
                rates,
                arms,
                one.comparisons(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void everyFigureIsWellFormedAndItsPngCanBeRead() throws Exception {
        assertThat(QUICK.figures().size()).isEqualTo(6);
        for (Figure figure : QUICK.figures()) {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(figure.svg().getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
            assertThat(root.getTagName()).isEqualTo("svg");
            assertThat(root.getElementsByTagName("title").item(0).getTextContent())
                    .isEqualTo(figure.title());
            assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
                    .isEqualTo(figure.description());
            int drawn = (int) Double.parseDouble(root.getAttribute("viewBox").split(" ")[2]);
            assertThat(ImageIO.read(new ByteArrayInputStream(figure.png())).getWidth())
                    .as(figure.name())
                    .isEqualTo(2 * drawn);
        }
    }

    @Test
    void theDescriptionOfACurveGivesItsLastValues() {
        Figure accuracy = QUICK.figures().get(4);
        assertThat(accuracy.name()).isEqualTo("validation-accuracy");
        assertThat(accuracy.description())
                .contains("Sigmoid: ↓ None 10.00, BN 78.95, BN, head 84.48, CBN-R 84.21. Tanh:");
        // 10 % is far below an axis that begins at 68, so no tick is near it
        assertThat(accuracy.svg())
                .contains(">80</text>")
                .doesNotContain(">10</text>")
                .doesNotContain(">20</text>");
    }

    @Test
    void noIdentifierOccursTwiceInThePage() {
        Matcher ids = Pattern.compile("\\sid=\"([^\"]+)\"").matcher(QUICK.html());
        Set<String> seen = new HashSet<>();
        while (ids.find()) {
            assertThat(seen.add(ids.group(1))).as(ids.group(1)).isTrue();
        }
        assertThat(seen).contains("training-loss-title", "accuracy-dots-desc");
    }

    @Test
    void divergedAndFailedTrialsAreNamedAndCounted() {
        String page = text(SPOILT.html());
        assertThat(page)
                .contains("1 diverged, 1 failed")
                .contains("tanh-cbn-s1 diverged loss not finite after 1 epoch; counted at chance accuracy")
                .contains("relu-bn-s2 failed worker lost")
                .contains("1 diverged, at chance")
                .contains("n = 4 of 5 1 diverged, left out")
                .contains("not judged (too few pairs, no spread, or pairs lost to divergence) for Tanh. The head")
                .contains("1 trial diverged: counted at chance accuracy")
                .contains("1 trial failed and left no result");
        assertThat(page).contains("n = 4 of 5");
    }

    @Test
    void noMissingValueLeaksIntoAnyText() {
        for (String shown :
                List.of(text(SPOILT.html()), SPOILT.summaryMarkdown(), SPOILT.terminalTable(), SPOILT.readmeTable())) {
            assertThat(shown).doesNotContainPattern("NaN|Infinity|\\bnull\\b|Optional|−0\\.00\\b");
        }
        SPOILT.dataFiles()
                .forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                        .as(name)
                        .doesNotContainPattern("NaN|Infinity|\\bnull\\b|Optional"));
    }

    @Test
    void hostileNamesAreEscaped() {
        Report report = Report.of(Fixture.campaign(hostile(), t -> Fixture.failed(t, HOSTILE)), Fixture.claims());
        assertThat(report.html()).doesNotContain("<script>").contains("&lt;script&gt;");
        assertThat(report.readmeTable()).doesNotContain("<script>").contains("\\|");
        assertThat(report.summaryMarkdown()).doesNotContain("<script>");
        String tables =
                new String(Objects.requireNonNull(report.dataFiles().get("tables.tex")), StandardCharsets.UTF_8);
        assertThat(tables)
                .contains("textbackslash input\\{")
                .doesNotContain("\\input")
                .doesNotContain("\\write");
        for (String markdown : List.of(report.readmeTable(), report.summaryMarkdown())) {
            assertThat(markdown).doesNotContain("](javascript:");
        }
    }

    @Test
    void anArmWithoutResultsIsShownAsHavingNone() {
        Report report = Report.of(
                Fixture.campaign(experiment(), t -> t.planned().arm().equals("cbn") ? Fixture.failed(t, "lost") : t),
                Fixture.claims());
        assertThat(text(report.html())).contains("no result 5 failed").contains("no pairs of 5");
        assertThat(report.terminalTable()).contains("no result").contains("not judged");
    }

    @Test
    void oneSeedGivesNoIntervalAndNoVerdict() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.replaceAll(
                (name, arm) -> new Arm(arm.title(), arm.normalization(), arm.head(), arm.learningRate(), List.of(0L)));
        String page = page(Fixture.campaign(Fixture.experiment(arms, Fixture.comparisons()), t -> t));
        assertThat(text(page))
                .contains("no interval from one pair, n = 1")
                .contains("CBN-R against BN: not judged (too few pairs, no spread, or pairs lost to divergence) for"
                        + " Sigmoid, Tanh, ReLU, SELU and Swish.");
    }

    @Test
    void withoutAControlThePageSaysSo() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.remove("bn-post");
        List<Comparison> comparisons = List.of(new Comparison("cbn", "bn", ""));
        String page = page(Fixture.campaign(Fixture.experiment(arms, comparisons), t -> t));
        assertThat(text(page)).contains("No BN arm with a normaliser at the head was run as a control");
    }

    @Test
    void anExperimentWithoutTheComparisonClaimsNothing() {
        Experiment experiment = Fixture.experiment(Fixture.arms(), List.of(new Comparison("bn-post", "bn", "")));
        String page = page(Fixture.campaign(experiment, t -> t));
        assertThat(text(page))
                .contains("does not compare CBN-R with plain BN")
                .contains("C1, C2, C3, C4, C5, C6, C7, C8, C9, C10 and C11 are not tested");
    }

    @Test
    void theOrchestrationShareFollowsItsDefinition() {
        // Training and evaluation take 14.8 · 70 + 0.2 · 5 · (10 + 10 + 3) = 1059 s, of which evaluation takes
        // 0.8 · 70 = 56 s in parallel to the slots: 1 − 1003/(2 · 552)
        assertThat(text(QUICK.html()))
                .contains("Orchestration share 9.1 %")
                .contains("Campaign, wall clock 9 min 12 s");
        String cached = page(Fixture.campaign(experiment(), Fixture::cached));
        assertThat(text(cached)).contains("Orchestration share n/a").contains("70 from the cache");
    }

    @Test
    void aRerunSaysWhichModelsHaveTheSameBytes() {
        String page = page(Fixture.rerunOf(
                Fixture.quick(),
                List.of(
                        new RerunVerdict("sigmoid-bn-s0", "aa", Optional.of("aa")),
                        new RerunVerdict("sigmoid-bn-s1", "aa", Optional.of("bb")),
                        new RerunVerdict("sigmoid-bn-s2", "aa", Optional.empty()))));
        assertThat(text(page))
                .contains("1 of 3 models trained again has the same bytes as in campaign quick-20261122-100000-4f2a.")
                .contains("✗ no aa bb")
                .contains("✗ no aa not trained");
        assertThat(QUICK.html()).doesNotContain("Does a rerun give the same bytes?");
    }

    @Test
    void aCampaignWithoutAnyResultStillHasAReport() {
        CampaignResults nothing = Fixture.campaign(experiment(), t -> Fixture.failed(t, "no disk"));
        Report report = Report.of(nothing, Fixture.claims());
        assertThat(text(report.html())).contains("0 completed, 70 failed");
        assertThat(report.figures()).hasSize(5);
    }

    @Test
    void theSummaryHasThreeLinesAndFits() {
        assertThat(QUICK.summaryMarkdown().strip().split("\n\n")).hasSize(3);
        assertThat(QUICK.summaryMarkdown().length()).isLessThanOrEqualTo(Markdown.LONGEST_SUMMARY);
        Report long_ = Report.of(Fixture.campaign(hostile(), t -> t), Fixture.claims());
        assertThat(long_.summaryMarkdown().length()).isLessThanOrEqualTo(Markdown.LONGEST_SUMMARY);
    }

    /** Only the page, since figures take most of a report's time. */
    private static String page(CampaignResults campaign) {
        return Page.of(Findings.of(campaign, Fixture.claims())).html(List.of(), "none drawn");
    }

    static Experiment experiment() {
        return Fixture.experiment(Fixture.arms(), Fixture.comparisons());
    }

    private static Experiment hostile() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.put(
                "cbn",
                new Arm(
                        HOSTILE.repeat(200),
                        new Normalization.CompleteBatchNorm(0.7, 1e-5, 0.1),
                        Head.PRE_GAP,
                        Optional.empty(),
                        Fixture.seeds(5)));
        return Fixture.experiment(arms, List.of(new Comparison("cbn", "bn", HOSTILE)));
    }

    static TrialOutcome spoil(TrialOutcome trial) {
        return switch (trial.planned().label()) {
            case "tanh-cbn-s1" -> Fixture.diverged(trial);
            case "relu-bn-s2" -> Fixture.failed(trial, "worker lost: " + HOSTILE);
            default -> trial;
        };
    }

    /** The words of a page, without markup and figures. */
    private static String text(String html) {
        return html.replaceAll("(?s)<style>.*?</style>|<svg.*?</svg>", " ")
                .replaceAll("<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&quot;", "\"")
                .replaceAll("\\s+", " ");
    }
}
