package normlab.app.tracking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.json.Json;
import normlab.platform.config.YamlFile;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;
import normlab.report.figure.TrialFigure;
import normlab.trial.JournalRow;
import normlab.trial.ProbeRow;

/** The files of a complete trial. */
final class TrialFiles {
    private TrialFiles() {}

    static List<Attachment> of(Trial trial) {
        List<Attachment> files = new ArrayList<>();
        files.add(Attachment.of("spec.json", Json.bytes(trial.identity())));
        files.add(Attachment.of("spec.yaml", YamlFile.write(trial.identity())));
        files.add(Attachment.of("journal.csv", journal(trial.journal())));
        trial.result().ifPresent(r -> files.add(Attachment.of("result.json", Json.bytes(r))));
        if (TrialFigure.possible()) {
            // Drawing takes longer than all else here, so it is put off until the picture is really sent.
            files.add(new Attachment(
                    "curves.png",
                    Sha256.of(Json.bytes(trial.journal())),
                    () -> TrialFigure.png(trial.planned().label(), trial.journal())));
        }
        if (!trial.probes().isEmpty()) {
            files.add(Attachment.of("probes.csv", probes(trial.probes())));
        }
        return files;
    }

    /** Every number of every row, those of single layers included, which would be too many curves. */
    private static byte[] probes(List<ProbeRow> rows) {
        StringBuilder csv = new StringBuilder("step,quantity,value\n");
        for (ProbeRow row : rows) {
            row.numbers().forEach((name, value) -> csv.append("%d,%s,%s\n".formatted(row.step(), name, value)));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] journal(List<JournalRow> rows) {
        StringBuilder csv = new StringBuilder(
                "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,precise_validation_loss,precise_validation_accuracy\n");
        for (JournalRow r : rows) {
            csv.append("%d,%d,%s,%s,%s,%s,%s,%s,%s\n"
                    .formatted(
                            r.epoch(),
                            r.step(),
                            r.learningRate(),
                            r.trainLoss(),
                            r.trainAccuracy(),
                            r.validationLoss(),
                            r.validationAccuracy(),
                            r.preciseLoss().map(String::valueOf).orElse(""),
                            r.preciseAccuracy().map(String::valueOf).orElse("")));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }
}
