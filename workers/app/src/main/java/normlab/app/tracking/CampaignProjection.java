package normlab.app.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.Ending;
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
public final class CampaignProjection {
    private static final String CBN_R =
            "What is called CBN here is CBN-R, our reconstruction from the abstract of Peng,"
                    + " Yu and Yu (TPAMI 2024), not the authors' definition.";

    private CampaignProjection() {}

    /**
     * What a report adds.
     *
     * @param summary three paragraphs of Markdown
     */
    public record Conclusion(
            String summary, List<MetricPoint> metrics, List<DatasetInput> datasets, List<Attachment> files) {}

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

    /** @param conclusion absent while the campaign runs, and for one that ended without a report */
    static TrackedRun run(CampaignContents contents, Optional<Conclusion> conclusion) {
        RunProgress progress = RunProgress.of(contents, conclusion.isPresent());
        List<Attachment> files =
                new ArrayList<>(conclusion.map(Conclusion::files).orElse(List.of()));
        files.add(Attachment.of("experiment.json", Json.bytes(contents.experiment())));
        files.add(Attachment.of("experiment.yaml", YamlFile.write(contents.experiment())));
        List<MetricPoint> metrics = new ArrayList<>(CellCurves.of(contents));
        conclusion.map(Conclusion::metrics).ifPresent(metrics::addAll);
        return new TrackedRun(
                contents.experiment().name(),
                identity(contents.record()),
                Optional.empty(),
                contents.record().id(),
                description(contents, conclusion, progress),
                progress.status(),
                contents.record().startedAt(),
                progress.endedAt(),
                params(contents),
                tags(contents, progress),
                metrics,
                conclusion.map(Conclusion::datasets).orElse(List.of()),
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

    private static Map<String, String> tags(CampaignContents contents, RunProgress progress) {
        Map<String, String> tags = RunTags.of("campaign", contents.record());
        contents.ending().flatMap(Ending::workflowId).ifPresent(id -> tags.put("normlab.workflow", id));
        progress.reason().ifPresent(r -> tags.put("normlab.reason", RunTags.shortened(r)));
        return tags;
    }

    private static String description(
            CampaignContents contents, Optional<Conclusion> conclusion, RunProgress progress) {
        if (conclusion.isPresent()) {
            String picture = conclusion.get().files().stream()
                    .map(Attachment::path)
                    .filter(path -> path.endsWith("accuracy-dots.png"))
                    .findFirst()
                    .map("\n\n![Final test accuracy, every seed a dot](artifact:%s)"::formatted)
                    .orElse("");
            return "[Report](artifact:report/report.html) · [comparisons](artifact:report/comparisons.csv)\n\n"
                    + conclusion.get().summary()
                    + picture;
        }
        String reason = progress.reason()
                .map(r -> "\n\nEnded without a report: " + RunTags.shortened(r))
                .orElse("");
        return contents.experiment().description() + reason;
    }
}
