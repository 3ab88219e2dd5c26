package normlab.app.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.experiment.Activation;
import normlab.port.TrackedRun.MetricPoint;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Effect;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Measure;
import normlab.report.claim.Findings;
import normlab.report.stats.PairedDifference;
import normlab.report.stats.Sample;
import normlab.trial.TrialResult;

/**
 * Mean and spread of results over seeds, and the paired differences of the report, as metrics of a campaign. Their step is
 * 0, where the server's pages draw bars, less one for each trial without a result: so a campaign that is resumed after a
 * failure adds a later point. All keys begin with {@code trials/}, so that the server's charts show them after the curves
 * of the trials themselves.
 */
public final class CampaignMetrics {
    private final List<MetricPoint> points = new ArrayList<>();
    private final long step;
    private final Instant at;

    private CampaignMetrics(long step, Instant at) {
        this.step = step;
        this.at = at;
    }

    public static List<MetricPoint> of(CampaignContents contents, Findings findings) {
        List<TrialResult> results =
                contents.trials().stream().flatMap(t -> t.result().stream()).toList();
        Optional<Instant> last = results.stream().map(TrialResult::evaluatedAt).max(Instant::compareTo);
        if (last.isEmpty()) {
            return List.of();
        }
        CampaignMetrics metrics =
                new CampaignMetrics(results.size() - contents.trials().size(), last.get());
        metrics.add("complete", results.size());
        metrics.add("without_result", contents.trials().size() - results.size());
        boolean several = findings.decisive().size() > 1;
        for (Analysis analysis : findings.decisive()) {
            metrics.add(analysis, several ? "-" + analysis.setting().network() : "");
        }
        return metrics.points;
    }

    private void add(Analysis analysis, String suffix) {
        for (Activation activation : analysis.activations()) {
            for (String arm : analysis.arms()) {
                String cell = "/" + activation.word() + "-" + arm + suffix;
                analysis.cell(activation, arm)
                        .sample(Measure.ACCURACY)
                        .ifPresent(s -> sample("test_accuracy", cell, s, 0.01));
                analysis.cell(activation, arm)
                        .sample(Measure.TRAIN_LOSS)
                        .ifPresent(s -> sample("clean_train_loss", cell, s, 1));
            }
        }
        for (EffectTable table : analysis.comparisons()) {
            String pair = "difference/%s-minus-%s".formatted(table.treatment(), table.baseline());
            for (Effect effect : table.of(Measure.ACCURACY)) {
                effect.difference()
                        .ifPresent(
                                d -> difference(pair, "/" + effect.activation().word() + suffix, d));
            }
        }
    }

    /** @param unit of the measure, as a share of the trials' unit */
    private void sample(String metric, String cell, Sample sample, double unit) {
        add(metric + "_mean" + cell, unit * sample.mean());
        sample.sd().ifPresent(sd -> add(metric + "_sd" + cell, unit * sd));
        add(metric + "_seeds" + cell, sample.n());
    }

    /** In points of test accuracy. */
    private void difference(String pair, String cell, PairedDifference difference) {
        add(pair + "_points" + cell, difference.mean());
        difference.interval().ifPresent(interval -> {
            add(pair + "_points_low95" + cell, interval.low());
            add(pair + "_points_high95" + cell, interval.high());
        });
        add(pair + "_pairs" + cell, difference.n());
    }

    private void add(String name, double value) {
        points.add(new MetricPoint(key(name), value, step, at));
    }

    /** Names of arms are free text, keys of metrics are not. */
    static String key(String name) {
        return "trials/" + name.replaceAll("[^\\w.\\-/ ]", "_");
    }
}
