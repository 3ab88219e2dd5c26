package normlab.app.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.DatasetInputs;
import normlab.app.campaign.FailureLog;
import normlab.experiment.Arm;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Identity;
import normlab.report.figure.Palette;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.TrialResult;

/** What the store holds of a trial, as a run of the tracking server: equal contents make equal runs. */
record TrialProjection(ArtifactStore store) {
    /** Whether there is anything to show: a trial that waits is not a run yet. */
    static boolean isShown(CampaignContents contents, Trial trial) {
        return !trial.journal().isEmpty()
                || trial.result().isPresent()
                || contents.ending().flatMap(e -> e.failure(trial.planned())).isPresent();
    }

    TrackedRun run(CampaignContents contents, Trial trial) {
        RunProgress progress = RunProgress.of(contents, trial);
        // A cached trial has its files where it was trained: a campaign of cached trials is to be shown in seconds.
        boolean withFiles = trial.result().isPresent() && !trial.planned().cached();
        return new TrackedRun(
                contents.experiment().name(),
                new Identity("normlab.trial", trial.planned().key()),
                Optional.of(CampaignProjection.identity(contents.record())),
                trial.planned().label(),
                description(trial, progress),
                progress.status(),
                started(contents, trial),
                progress.endedAt(),
                params(trial),
                tags(contents, trial, progress),
                TrialMetrics.of(trial),
                DatasetInputs.of(store, trial),
                withFiles ? TrialFiles.of(trial) : failureLog(contents, trial, progress),
                TrialModel.of(store, contents, trial));
    }

    private List<Attachment> failureLog(CampaignContents contents, Trial trial, RunProgress progress) {
        return progress.status() == TrackedRun.Status.FAILED
                ? new FailureLog(store, contents.record().id(), trial.planned().id())
                        .read().map(log -> Attachment.of("failure.log", log)).stream()
                                .toList()
                : List.of();
    }

    private static Map<String, String> params(Trial trial) {
        Map<String, String> params = new TreeMap<>(Json.flat(trial.identity().spec()));
        params.put("arm", trial.planned().arm());
        return params;
    }

    private static Map<String, String> tags(CampaignContents contents, Trial trial, RunProgress progress) {
        Map<String, String> tags = RunTags.of("trial", contents.record());
        tags.put("normlab.cached", Boolean.toString(trial.planned().cached()));
        tags.put("normlab.store", trial.planned().id().prefix());
        tags.put("normlab.arm", trial.planned().arm());
        Json.flat(trial.identity().stack()).forEach((k, v) -> tags.put("normlab.stack." + k, v));
        if (isCbn(trial)) {
            tags.put("normlab.reconstruction", Arm.DISCLAIMER);
        }
        trial.result()
                .ifPresent(
                        r -> tags.put("normlab.outcome", r.training().outcome().word()));
        progress.reason().ifPresent(r -> tags.put("normlab.reason", RunTags.shortened(r)));
        Arm arm = contents.experiment().arms().get(trial.planned().arm());
        if (arm != null) {
            tags.put("mlflow.runColor", Palette.hex(arm));
        }
        return tags;
    }

    private static Instant started(CampaignContents contents, Trial trial) {
        if (trial.journal().isEmpty()) {
            return trial.result()
                    .map(r -> r.training().startedAt())
                    .orElse(contents.record().startedAt());
        }
        JournalRow first = trial.journal().getFirst();
        return first.at().minus(Duration.ofNanos((long) (first.seconds() * 1e9)));
    }

    private static String description(Trial trial, RunProgress progress) {
        String done = trial.result()
                .map(TrialProjection::found)
                .orElseGet(() -> progress.reason()
                        .map(r -> "Ended without a result: " + RunTags.shortened(r))
                        .orElse("In training."));
        String note = isCbn(trial) ? "\n\n" + Arm.DISCLAIMER : "";
        String files = trial.planned().cached()
                ? "\n\nTrained by an earlier campaign, whose run has its files."
                : trial.result()
                        .map(r -> "\n\n[Curves](artifact:curves.png) · [journal](artifact:journal.csv)")
                        .orElse("");
        return done + note + files + "\n\nStore: `" + trial.planned().id() + "`";
    }

    private static String found(TrialResult result) {
        return result.training().outcome() == Outcome.DIVERGED
                ? "Diverged in epoch %d; kept at chance accuracy."
                        .formatted(result.training().epochs())
                : "Test accuracy **%.2f %%** after the last epoch (%d)."
                        .formatted(100 * result.test().top1(), result.training().epochs());
    }

    private static boolean isCbn(Trial trial) {
        return trial.identity().spec().normalization().reconstructed();
    }
}
