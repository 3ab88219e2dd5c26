package normlab.report.text;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Effect;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Setting;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.claim.Findings;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;
import normlab.trial.JournalRow;
import normlab.trial.Scores;
import normlab.trial.TrialResult;

/** The numbers behind the report, unrounded: trials, comparisons, claims and curves. */
public final class CsvFiles {
    private CsvFiles() {}

    /** All CSV files, by file name. */
    public static Map<String, byte[]> of(Findings findings) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("trials.csv", trials(findings.campaign()));
        files.put("comparisons.csv", comparisons(findings));
        files.put(
                "claims.csv",
                ClaimCsv.of(findings.verdicts(), findings.campaign().registration()));
        files.put("readings.csv", ReadingCsv.of(findings));
        files.put("curves.csv", curves(findings.campaign()));
        if (findings.campaign().trials().stream().anyMatch(t -> !t.attempts().isEmpty())) {
            files.put("attempts.csv", Attempts.csv(findings.campaign()));
        }
        if (findings.campaign().trials().stream().anyMatch(t -> !t.probes().isEmpty())) {
            files.put("probes.csv", ProbeCsv.totals(findings.campaign()));
            files.put("probes-by-layer.csv", ProbeCsv.layers(findings.campaign()));
        }
        return files;
    }

    /** {@code completed}, {@code diverged} or {@code failed}. */
    public static String outcome(TrialOutcome trial) {
        return trial.result().map(r -> r.training().outcome().word()).orElse("failed");
    }

    private static byte[] trials(CampaignResults campaign) {
        Csv csv = new Csv(
                "label",
                "network",
                "learning_rate",
                "activation",
                "arm",
                "seed",
                "outcome",
                "cached",
                "test_top1",
                "test_top5",
                "test_loss",
                "precise_test_top1",
                "precise_test_loss",
                "train_loss_eval_mode",
                "train_loss_train_mode",
                "loss_auc",
                "epochs",
                "parameters",
                "resumes",
                "train_seconds",
                "evaluation_seconds",
                "store_prefix",
                "model_sha256",
                "workflow",
                "failure",
                "registration");
        for (TrialOutcome trial : campaign.trials()) {
            Function<Function<TrialResult, Object>, Optional<Object>> field = trial.result()::map;
            csv.row(
                    trial.planned().label(),
                    trial.spec().network(),
                    trial.spec().recipe().learningRate(),
                    trial.spec().activation().title(),
                    trial.planned().arm(),
                    trial.spec().seed(),
                    outcome(trial),
                    trial.planned().cached(),
                    field.apply(r -> r.test().top1()),
                    field.apply(r -> r.test().top5()),
                    field.apply(r -> r.test().loss()),
                    trial.result().flatMap(TrialResult::testPrecise).map(Scores::top1),
                    trial.result().flatMap(TrialResult::testPrecise).map(Scores::loss),
                    field.apply(TrialResult::trainLossEvalMode),
                    field.apply(TrialResult::trainLossTrainMode),
                    Measure.AUC.of(trial),
                    field.apply(r -> r.training().epochs()),
                    field.apply(r -> r.training().parameters()),
                    field.apply(r -> r.training().resumes()),
                    field.apply(r -> r.training().seconds()),
                    field.apply(TrialResult::evaluationSeconds),
                    trial.planned().id().prefix(),
                    field.apply(r -> r.training().modelSha256()),
                    trial.workflow(),
                    trial.failure(),
                    campaign.registration().kind().words());
        }
        return csv.bytes();
    }

    private static byte[] comparisons(Findings findings) {
        Csv csv = new Csv(
                "network",
                "learning_rate",
                "treatment",
                "baseline",
                "activation",
                "measure",
                "unit",
                "pairs",
                "planned_pairs",
                "diverged_pairs",
                "mean",
                "low95",
                "high95",
                "p",
                "holm_p",
                "sign_flip_p",
                "reading");
        for (Analysis analysis : findings.analyses()) {
            Stream.concat(
                            analysis.comparisons().stream(),
                            analysis.controlComparisons().stream().filter(t -> !isNamed(analysis, t)))
                    .forEach(table -> comparison(csv, analysis.setting(), table));
        }
        return csv.bytes();
    }

    private static boolean isNamed(Analysis analysis, EffectTable table) {
        return analysis.campaign().experiment().comparisons().stream()
                .anyMatch(c ->
                        c.treatment().equals(table.treatment()) && c.baseline().equals(table.baseline()));
    }

    private static void comparison(Csv csv, Setting setting, EffectTable table) {
        for (Measure measure : Measure.values()) {
            if (measure == Measure.PRECISE_ACCURACY && !table.has(measure)) {
                continue;
            }
            table.of(measure).forEach(effect -> comparison(csv, setting, table, effect));
        }
    }

    private static void comparison(Csv csv, Setting setting, EffectTable table, Effect effect) {
        Optional<PairedDifference> difference = effect.difference();
        Optional<Interval> interval = difference.flatMap(PairedDifference::interval);
        csv.row(
                setting.network(),
                setting.tuned() ? "best by validation" : setting.learningRate(),
                table.treatment(),
                table.baseline(),
                effect.activation().title(),
                effect.measure().title(),
                effect.measure().unit(),
                difference.map(PairedDifference::n).orElse(0),
                effect.plannedPairs(),
                effect.divergedPairs(),
                difference.map(PairedDifference::mean),
                interval.map(Interval::low),
                interval.map(Interval::high),
                difference.map(PairedDifference::p),
                effect.holm(),
                difference.map(PairedDifference::signFlipP),
                effect.verdict().words());
    }

    private static byte[] curves(CampaignResults campaign) {
        Csv csv = new Csv(
                "label",
                "network",
                "peak_learning_rate",
                "activation",
                "arm",
                "seed",
                "epoch",
                "step",
                "at",
                "learning_rate",
                "train_loss",
                "train_accuracy",
                "validation_loss",
                "validation_accuracy",
                "test_loss",
                "test_accuracy",
                "precise_validation_loss",
                "precise_validation_accuracy",
                "seconds",
                "images_per_second");
        for (TrialOutcome trial : campaign.trials()) {
            for (JournalRow row : trial.journal()) {
                csv.row(
                        trial.planned().label(),
                        trial.spec().network(),
                        trial.spec().recipe().learningRate(),
                        trial.spec().activation().title(),
                        trial.planned().arm(),
                        trial.spec().seed(),
                        row.epoch(),
                        row.step(),
                        row.at(),
                        row.learningRate(),
                        row.trainLoss(),
                        row.trainAccuracy(),
                        row.validationLoss(),
                        row.validationAccuracy(),
                        row.testLoss(),
                        row.testAccuracy(),
                        row.preciseLoss(),
                        row.preciseAccuracy(),
                        row.seconds(),
                        row.imagesPerSecond());
            }
        }
        return csv.bytes();
    }
}
