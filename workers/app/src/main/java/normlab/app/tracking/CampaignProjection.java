package normlab.app.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.DatasetInputs;
import normlab.app.campaign.Ending;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.platform.config.YamlFile;
import normlab.port.ArtifactStore;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.MetricPoint;
import normlab.report.Report;
import normlab.report.figure.Figure;

/** What the store holds of a campaign, as the parent run of its trials: equal contents make equal runs. */
record CampaignProjection(ArtifactStore store) {
    static Identity identity(CampaignRecord record) {
        return new Identity("normlab.run", record.id());
    }

    static TrackedExperiment experiment(Experiment experiment) {
        return new TrackedExperiment(
                experiment.name(),
                experiment.description() + "\n\n" + Arm.DISCLAIMER,
                new Identity("normlab.kind", "trial"),
                experiment.activations().size() > 1 ? List.of("activation", "arm") : List.of("arm"));
    }

    /** @param report absent while the campaign runs, and if it ended without one */
    TrackedRun run(CampaignContents contents, Optional<Report> report) {
        RunProgress progress = RunProgress.of(contents, report.isPresent());
        List<Attachment> files =
                new ArrayList<>(report.map(CampaignProjection::files).orElse(List.of()));
        files.add(Attachment.of("experiment.json", Json.bytes(contents.experiment())));
        files.add(Attachment.of("experiment.yaml", YamlFile.write(contents.experiment())));
        List<MetricPoint> metrics = new ArrayList<>(CellCurves.of(contents));
        report.map(r -> CampaignMetrics.of(contents, r.findings())).ifPresent(metrics::addAll);
        return new TrackedRun(
                contents.experiment().name(),
                identity(contents.record()),
                Optional.empty(),
                contents.record().id(),
                description(contents, report, progress),
                progress.status(),
                contents.record().startedAt(),
                progress.endedAt(),
                params(contents),
                tags(contents, report, progress),
                metrics,
                report.isPresent() ? datasets(contents) : List.of(),
                files,
                List.of());
    }

    private static List<Attachment> files(Report report) {
        return report.files().entrySet().stream()
                .map(file -> Attachment.of(CampaignReport.FOLDER + file.getKey(), file.getValue()))
                .toList();
    }

    private List<DatasetInput> datasets(CampaignContents contents) {
        return contents.trials().stream()
                .findFirst()
                .map(t -> DatasetInputs.of(store, t))
                .orElse(List.of());
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

    private static Map<String, String> tags(CampaignContents contents, Optional<Report> report, RunProgress progress) {
        Map<String, String> tags = RunTags.of("campaign", contents.record());
        contents.ending().flatMap(Ending::workflowId).ifPresent(id -> tags.put("normlab.workflow", id));
        report.map(r -> r.findings().campaign().registration()).ifPresent(status -> {
            tags.put("normlab.registration", status.kind().words());
            status.registration().ifPresent(name -> tags.put("normlab.registeredAs", name));
        });
        progress.reason().ifPresent(r -> tags.put("normlab.reason", RunTags.shortened(r)));
        return tags;
    }

    private static String description(CampaignContents contents, Optional<Report> report, RunProgress progress) {
        if (report.isPresent()) {
            String picture = report.get().figures().stream()
                    .map(Figure::name)
                    .filter(name -> name.endsWith("accuracy-dots"))
                    .findFirst()
                    .map("\n\n![Final test accuracy, one dot per seed](artifact:report/figures/%s.png)"::formatted)
                    .orElse("");
            return "[Report](artifact:report/report.html) · [comparisons](artifact:report/comparisons.csv)\n\n"
                    + report.get().summaryMarkdown()
                    + picture;
        }
        String reason = progress.reason()
                .map(r -> "\n\nEnded without a report: " + RunTags.shortened(r))
                .orElse("");
        return contents.experiment().description() + reason;
    }
}
