package normlab.app.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Activation;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.platform.config.YamlFile;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.MetricPoint;

/** What the store holds of a campaign, as the parent run of its trials: equal contents make equal runs. */
final class CampaignProjection {
    private static final String CBN_R =
            "What is called CBN here is CBN-R, our reconstruction from the abstract of Peng,"
                    + " Yu and Yu (TPAMI 2024), not the authors' definition.";

    private CampaignProjection() {}

    /**
     * What a report adds.
     *
     * @param summary three paragraphs of Markdown
     */
    record Finding(String summary, List<MetricPoint> metrics, List<DatasetInput> datasets, List<Attachment> files) {}

    static Identity identity(CampaignRecord record) {
        return new Identity("normlab.run", record.id());
    }

    static TrackedExperiment experiment(Experiment experiment) {
        return new TrackedExperiment(
                experiment.name(),
                experiment.description() + "\n\n" + CBN_R,
                new Identity("normlab.kind", "trial"),
                experiment.activations().size() > 1 ? List.of("activation", "arm") : List.of("arm"));
    }

    /** @param finding absent while the campaign runs, and for one that ended without a report */
    static TrackedRun run(CampaignContents contents, Optional<Finding> finding) {
        Standing standing = Standing.of(contents, finding.isPresent());
        List<Attachment> files = new ArrayList<>(finding.map(Finding::files).orElse(List.of()));
        files.add(Attachment.of("experiment.json", Json.bytes(contents.experiment())));
        files.add(Attachment.of("experiment.yaml", YamlFile.write(contents.experiment())));
        List<MetricPoint> metrics = new ArrayList<>(CellCurves.of(contents));
        finding.map(Finding::metrics).ifPresent(metrics::addAll);
        return new TrackedRun(
                contents.experiment().name(),
                identity(contents.record()),
                Optional.empty(),
                contents.record().id(),
                description(contents, finding, standing),
                standing.status(),
                contents.record().startedAt(),
                standing.endedAt(),
                params(contents),
                tags(contents, standing),
                metrics,
                finding.map(Finding::datasets).orElse(List.of()),
                files,
                List.of());
    }

    private static Map<String, String> params(CampaignContents contents) {
        Experiment experiment = contents.experiment();
        Map<String, String> params = new TreeMap<>(Json.flat(experiment.recipe()));
        params.put("dataset", experiment.dataset().name());
        params.put("networks", String.join(", ", experiment.networks()));
        params.put(
                "arms",
                String.join(", ", experiment.arms().keySet().stream().sorted().toList()));
        params.put(
                "activations",
                String.join(
                        ", ",
                        experiment.activations().stream().map(Activation::word).toList()));
        params.put("trials", Integer.toString(contents.plan().trials().size()));
        return params;
    }

    private static Map<String, String> tags(CampaignContents contents, Standing standing) {
        Map<String, String> tags = RunTags.of("campaign", contents.record());
        contents.ending().flatMap(Ending::workflowId).ifPresent(id -> tags.put("normlab.workflow", id));
        standing.reason().ifPresent(r -> tags.put("normlab.reason", RunTags.shortened(r)));
        return tags;
    }

    private static String description(CampaignContents contents, Optional<Finding> finding, Standing standing) {
        if (finding.isPresent()) {
            String picture = finding.get().files().stream()
                    .map(Attachment::path)
                    .filter(path -> path.endsWith("accuracy-dots.png"))
                    .findFirst()
                    .map("\n\n![Final test accuracy, every seed a dot](artifact:%s)"::formatted)
                    .orElse("");
            return "[Report](artifact:report/report.html) · [comparisons](artifact:report/comparisons.csv)\n\n"
                    + finding.get().summary()
                    + picture;
        }
        String reason = standing.reason()
                .map(r -> "\n\nEnded without a report: " + RunTags.shortened(r))
                .orElse("");
        return contents.experiment().description() + reason;
    }
}
