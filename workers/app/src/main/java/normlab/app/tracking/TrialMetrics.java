package normlab.app.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.port.TrackedRun.MetricPoint;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.ProbeRow;
import normlab.trial.ResourceRow;
import normlab.trial.TrialResult;

/** The curves of a trial by epoch, those of its probes by optimizer step, and single points of its end. */
final class TrialMetrics {
    /** What was measured on the trained model. */
    static final Set<String> OF_THE_MODEL =
            Set.of("test/accuracy", "test/top5", "test/loss", "test/precise_accuracy", "test/precise_loss");

    private TrialMetrics() {}

    static List<MetricPoint> of(Trial trial) {
        List<MetricPoint> points = new ArrayList<>();
        for (JournalRow row : trial.journal()) {
            add(points, "train/loss", row.trainLoss(), row.epoch(), row.at());
            add(points, "train/accuracy", row.trainAccuracy(), row.epoch(), row.at());
            add(points, "validation/loss", row.validationLoss(), row.epoch(), row.at());
            add(points, "validation/accuracy", row.validationAccuracy(), row.epoch(), row.at());
            row.preciseLoss().ifPresent(v -> add(points, "validation/precise_loss", v, row.epoch(), row.at()));
            row.preciseAccuracy().ifPresent(v -> add(points, "validation/precise_accuracy", v, row.epoch(), row.at()));
            // Apart from test/…, which is the result: nothing is ever chosen by these.
            row.testLoss().ifPresent(v -> add(points, "test_each_epoch/loss", v, row.epoch(), row.at()));
            row.testAccuracy().ifPresent(v -> add(points, "test_each_epoch/accuracy", v, row.epoch(), row.at()));
            add(points, "train/learning_rate", row.learningRate(), row.epoch(), row.at());
            add(points, "time/epoch_seconds", row.seconds(), row.epoch(), row.at());
            add(points, "time/images_per_second", row.imagesPerSecond(), row.epoch(), row.at());
        }
        for (ProbeRow row : trial.probes()) {
            row.totals().forEach((name, value) -> add(points, "probe/" + name, value, row.step(), row.at()));
        }
        // The prefix by which MLflow tells what belongs on its page of system metrics.
        for (ResourceRow row : trial.resources()) {
            add(points, "system/process_cpu_percentage", row.processorPercent(), row.epoch(), row.at());
            add(points, "system/process_memory_megabytes", row.memoryMiB(), row.epoch(), row.at());
        }
        trial.result().ifPresent(r -> addResult(points, r));
        return points;
    }

    /** At step 0, since the server's pages draw a bar where no run has a later step, and a lonely dot otherwise. */
    private static void addResult(List<MetricPoint> points, TrialResult result) {
        int step = 0;
        Instant at = result.evaluatedAt();
        add(points, "test/accuracy", result.test().top1(), step, at);
        add(points, "test/top5", result.test().top5(), step, at);
        add(points, "test/loss", result.test().loss(), step, at);
        result.testPrecise().ifPresent(precise -> {
            add(points, "test/precise_accuracy", precise.top1(), step, at);
            add(points, "test/precise_loss", precise.loss(), step, at);
        });
        add(points, "train/loss_clean_eval_mode", result.trainLossEvalMode(), step, at);
        add(points, "train/loss_clean_train_mode", result.trainLossTrainMode(), step, at);
        add(points, "time/training_seconds", result.training().seconds(), step, at);
        add(points, "diverged", result.training().outcome() == Outcome.DIVERGED ? 1 : 0, step, at);
    }

    /** Values that are not finite are left out: the server's pages hide a metric whose newest value is not a number. */
    private static void add(List<MetricPoint> points, String key, double value, long step, Instant at) {
        if (Double.isFinite(value)) {
            points.add(new MetricPoint(key, value, step, at));
        }
    }
}
