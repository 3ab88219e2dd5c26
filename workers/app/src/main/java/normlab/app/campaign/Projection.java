package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.experiment.Experiment;
import normlab.experiment.Normalization;
import normlab.json.Json;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.ProbeRow;
import normlab.trial.RunPlan;
import normlab.trial.RunRecord;
import normlab.trial.TrialResult;

/** What lies in the store, as runs of the tracking server. A pure function: sent twice, it changes nothing. */
final class Projection {
    private static final int DIGEST_LENGTH = 36;

    private Projection() {}

    /** @param endedAt of the campaign @param summary three lines of Markdown */
    public record Finding(Instant endedAt, String summary, boolean anyFailed) {}

    static TrackedRun campaign(
            RunRecord record,
            Experiment experiment,
            RunPlan plan,
            Optional<Finding> finding,
            List<Attachment> attachments) {
        Map<String, String> params = new TreeMap<>(Json.flat(experiment.recipe()));
        params.put("dataset", experiment.dataset().name());
        params.put("networks", String.join(", ", experiment.networks()));
        params.put(
                "arms",
                String.join(", ", experiment.arms().keySet().stream().sorted().toList()));
        params.put(
                "activations",
                experiment.activations().stream().map(a -> a.title()).toList().toString());
        params.put("trials", Integer.toString(plan.trials().size()));
        Status status = finding.map(f -> f.anyFailed() ? Status.FAILED : Status.FINISHED)
                .orElse(Status.RUNNING);
        List<Attachment> files = new ArrayList<>(attachments);
        files.add(new Attachment("experiment.json", Json.bytes(experiment)));
        return new TrackedRun(
                experiment.name(),
                campaignIdentity(record.run()),
                Optional.empty(),
                record.run(),
                finding.map(Finding::summary).orElse(experiment.description()),
                status,
                record.startedAt(),
                finding.map(Finding::endedAt),
                params,
                tags("campaign", record),
                List.of(),
                List.of(),
                files);
    }

    private static Identity campaignIdentity(String run) {
        return new Identity("normlab.run", run);
    }

    private static Map<String, String> tags(String kind, RunRecord record) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("normlab.kind", kind);
        tags.put("normlab.code", record.code());
        tags.put("mlflow.source.name", "normlab");
        tags.put("mlflow.source.type", "LOCAL");
        record.rerunOf().ifPresent(r -> tags.put("normlab.rerunOf", r));
        return tags;
    }

    static TrackedRun trial(CampaignContents contents, Trial trial) {
        Map<String, String> params = new TreeMap<>(Json.flat(trial.identity().spec()));
        params.put("arm", trial.planned().arm());
        Map<String, String> tags = tags("trial", contents.record());
        tags.put("normlab.cached", Boolean.toString(trial.planned().cached()));
        tags.put("normlab.store", trial.planned().prefix());
        Json.flat(trial.identity().stack()).forEach((k, v) -> tags.put("normlab.stack." + k, v));
        if (trial.identity().spec().normalization() instanceof Normalization.CompleteBatchNorm) {
            tags.put("normlab.reconstruction", "CBN-R is our reconstruction, not the authors' definition");
        }
        trial.result()
                .ifPresent(
                        r -> tags.put("normlab.outcome", r.training().outcome().word()));
        return new TrackedRun(
                contents.experiment().name(),
                new Identity("normlab.trial", trial.planned().key()),
                Optional.of(campaignIdentity(contents.record().run())),
                trial.planned().label(),
                description(trial),
                trial.result().isPresent() ? Status.FINISHED : Status.RUNNING,
                started(trial),
                trial.result().map(TrialResult::evaluatedAt),
                params,
                tags,
                metrics(trial),
                List.of(dataset(trial)),
                trial.result().isPresent() ? files(trial) : List.of());
    }

    private static Instant started(Trial trial) {
        JournalRow first = trial.journal().getFirst();
        return first.at().minus(Duration.ofNanos((long) (first.seconds() * 1e9)));
    }

    private static String description(Trial trial) {
        String done = trial.result()
                .map(r -> r.training().outcome() == Outcome.DIVERGED
                        ? "Diverged in epoch %d; kept at chance accuracy."
                                .formatted(r.training().epochs())
                        : "Test accuracy **%.2f %%** after the last epoch (%d)."
                                .formatted(100 * r.test().top1(), r.training().epochs()))
                .orElse("In training.");
        String note = trial.identity().spec().normalization() instanceof Normalization.CompleteBatchNorm
                ? "\n\nCBN here is CBN-R, our reconstruction."
                : "";
        return done + note + "\n\nStore: `" + trial.planned().prefix() + "`";
    }

    private static List<MetricPoint> metrics(Trial trial) {
        List<MetricPoint> points = new ArrayList<>();
        for (JournalRow row : trial.journal()) {
            add(points, "train/loss", row.trainLoss(), row.epoch(), row.at());
            add(points, "train/accuracy", row.trainAccuracy(), row.epoch(), row.at());
            add(points, "validation/loss", row.validationLoss(), row.epoch(), row.at());
            add(points, "validation/accuracy", row.validationAccuracy(), row.epoch(), row.at());
            add(points, "train/learning_rate", row.learningRate(), row.epoch(), row.at());
            add(points, "time/epoch_seconds", row.seconds(), row.epoch(), row.at());
            add(points, "time/images_per_second", row.imagesPerSecond(), row.epoch(), row.at());
        }
        for (ProbeRow row : trial.probes()) {
            row.totals().forEach((name, value) -> add(points, "probe/" + name, value, row.step(), row.at()));
        }
        trial.result().ifPresent(r -> addResult(points, r));
        return points;
    }

    private static void addResult(List<MetricPoint> points, TrialResult result) {
        int epoch = result.training().epochs();
        Instant at = result.evaluatedAt();
        add(points, "test/accuracy", result.test().top1(), epoch, at);
        add(points, "test/top5", result.test().top5(), epoch, at);
        add(points, "test/loss", result.test().loss(), epoch, at);
        add(points, "train/loss_clean_eval_mode", result.trainLossEvalMode(), epoch, at);
        add(points, "train/loss_clean_train_mode", result.trainLossTrainMode(), epoch, at);
        add(points, "time/training_seconds", result.training().seconds(), epoch, at);
        add(points, "diverged", result.training().outcome() == Outcome.DIVERGED ? 1 : 0, epoch, at);
    }

    /** Values that are not finite are left out: the server's pages hide a metric whose newest value is not a number. */
    private static void add(List<MetricPoint> points, String key, double value, long step, Instant at) {
        if (Double.isFinite(value)) {
            points.add(new MetricPoint(key, value, step, at));
        }
    }

    private static DatasetInput dataset(Trial trial) {
        String fingerprint = trial.identity().datasetFingerprint();
        String name = trial.identity().spec().dataset().name();
        return new DatasetInput(
                name,
                fingerprint.substring(0, Math.min(DIGEST_LENGTH, fingerprint.length())),
                "training",
                "datasets/" + name + "/" + fingerprint);
    }

    private static List<Attachment> files(Trial trial) {
        List<Attachment> files = new ArrayList<>();
        files.add(journalCsv(trial));
        if (!trial.probes().isEmpty()) {
            files.add(probesCsv(trial));
        }
        return files;
    }

    /** Every number of every row, those of single layers included, which would be too many curves. */
    private static Attachment probesCsv(Trial trial) {
        StringBuilder csv = new StringBuilder("step,quantity,value\n");
        for (ProbeRow row : trial.probes()) {
            row.numbers().forEach((name, value) -> csv.append("%d,%s,%s%n".formatted(row.step(), name, value)));
        }
        return new Attachment("probes.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Attachment journalCsv(Trial trial) {
        StringBuilder csv = new StringBuilder(
                "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n");
        for (JournalRow r : trial.journal()) {
            csv.append("%d,%d,%s,%s,%s,%s,%s%n"
                    .formatted(
                            r.epoch(),
                            r.step(),
                            r.learningRate(),
                            r.trainLoss(),
                            r.trainAccuracy(),
                            r.validationLoss(),
                            r.validationAccuracy()));
        }
        return new Attachment("journal.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
    }
}
