package normlab.report.page;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Limits;
import normlab.report.analysis.Precision;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Findings;
import normlab.report.compare.CampaignDifference;
import normlab.report.figure.Figure;
import normlab.report.text.Attempts;
import normlab.report.text.ClaimLines;
import normlab.report.text.Counts;
import normlab.report.text.NetworkReading;
import normlab.report.text.ReadingTable;

/** A self-contained HTML file: no scripts, nothing loaded from the network. */
public final class Page {
    private static final Configuration ENGINE = engine();

    private final Template template;
    private final Map<String, Object> model;

    private Page(String template, Map<String, Object> model) {
        this.template = template(template);
        this.model = model;
    }

    /** The page of a campaign except for its figures, so that it can be built while they are drawn. */
    public static Page of(Findings findings) {
        return new Page("report.ftlh", model(findings));
    }

    /** The page that compares two campaigns. */
    public static String of(CampaignDifference difference) {
        List<TableView> tables = difference.tables().stream()
                .map(t -> new TableView(
                        t.caption(),
                        t.head(),
                        t.rows().stream()
                                .map(r -> r.stream().map(CellView::text).toList())
                                .toList()))
                .toList();
        Map<String, Object> model = Map.of(
                "disclaimer", Arm.DISCLAIMER,
                "first", difference.first(),
                "second", difference.second(),
                "summary", difference.summary(),
                "tables", tables);
        return new Page("compare.ftlh", model).html(Map.of());
    }

    /**
     * The page with the figures of the campaign.
     *
     * @param problem why there are no figures; empty if there are
     * @throws IllegalStateException if the template uses a value that the model does not have
     */
    public String html(List<Figure> figures, String problem) {
        return html(Map.of("figures", figures, "figuresProblem", problem));
    }

    private String html(Map<String, Object> more) {
        Map<String, Object> whole = new HashMap<>(model);
        whole.putAll(more);
        StringWriter html = new StringWriter();
        try {
            template.process(whole, html);
        } catch (TemplateException e) {
            throw new IllegalStateException("%s does not fit its model".formatted(template.getName()), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return html.toString();
    }

    private static Template template(String name) {
        try {
            return ENGINE.getTemplate(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report's template " + name, e);
        }
    }

    private static Map<String, Object> model(Findings findings) {
        Analysis analysis = findings.first();
        CampaignResults campaign = findings.campaign();
        ClaimTables claims = new ClaimTables(findings);
        CampaignFacts facts = new CampaignFacts(analysis);
        TrialTables trials = new TrialTables(findings);
        Map<String, Object> model = new HashMap<>();
        model.put("disclaimer", Arm.DISCLAIMER);
        model.put("experiment", campaign.experiment().name());
        model.put("description", campaign.experiment().description());
        model.put("run", campaign.record().id());
        model.put("command", campaign.record().command());
        model.put("started", facts.started());
        model.put("registration", campaign.registration().sentence());
        model.put("counts", Counts.of(campaign));
        model.put("compared", facts.compared());
        model.put("readings", NetworkReading.of(findings));
        model.put("stopping", findings.precision().map(Precision::sentence).orElse(""));
        model.put("settings", SettingViews.of(findings));
        model.put("verdictCards", claims.cards());
        model.put("claims", claims.verdicts());
        model.put("claimTests", claims.parts());
        model.put("claimsSource", findings.source());
        model.put("verdicts", ClaimLines.sentence(findings.verdicts()));
        model.put(
                "readingComparison",
                new TableView(
                        ReadingTable.CAPTION,
                        ReadingTable.head(),
                        ReadingTable.rows(findings).stream()
                                .map(row -> row.stream().map(CellView::number).toList())
                                .toList()));
        model.put("readingLegend", ReadingTable.LEGEND);
        model.put("testsMade", ClaimLines.tests(findings.verdicts()));
        ProbeTables probes = new ProbeTables(findings);
        model.put("probeRatios", probes.ratios());
        model.put("probeRatiosAtLoss", probes.ratiosAtLoss());
        model.put("weightInputs", WeightInputTable.of(findings));
        model.put("probeCost", probes.cost());
        model.put("troubled", trials.troubled());
        model.put("limits", Limits.of(campaign.experiment()));
        model.put("cost", facts.cost());
        model.put("time", trials.time());
        model.put("arms", facts.arms());
        model.put("provenance", facts.provenance());
        model.put("rerun", facts.rerun());
        model.put("rerunSummary", facts.rerunSummary());
        AttemptTables attempts = new AttemptTables(campaign);
        model.put("timeline", Attempts.sentence(campaign));
        model.put("attempts", attempts.all());
        model.put("notableAttempts", attempts.notable());
        model.put("trials", trials.all());
        model.put("perClass", trials.perClass());
        return model;
    }

    private static Configuration engine() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(Page.class, "/normlab/report");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }
}
