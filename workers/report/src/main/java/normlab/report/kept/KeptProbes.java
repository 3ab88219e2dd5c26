package normlab.report.kept;

import static normlab.report.kept.KeptCampaign.field;
import static normlab.report.kept.KeptCampaign.number;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Estimate;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.ProbeRow.Moments;
import normlab.trial.ProbeRow.Occasion;
import normlab.trial.ProbeRow.Smoothness;

/**
 * The probes of one kept trial: gradient moments and smoothness of the network as a whole.
 *
 * @param rows in the order of their steps
 */
record KeptProbes(List<ProbeRow> rows) {
    /** By label, from the rows of {@code probes.csv}: one number each. */
    static Map<String, KeptProbes> byTrial(List<Map<String, String>> numbers) {
        Map<String, TreeMap<Long, Map<String, Double>>> values = new TreeMap<>();
        Map<String, Map<Long, Map<String, String>>> rows = new TreeMap<>();
        for (Map<String, String> row : numbers) {
            String label = field(row, "label");
            long step = (long) number(row, "step");
            values.computeIfAbsent(label, l -> new TreeMap<>())
                    .computeIfAbsent(step, s -> new HashMap<>())
                    .put(field(row, "quantity"), number(row, "value"));
            rows.computeIfAbsent(label, l -> new HashMap<>()).put(step, row);
        }
        Map<String, KeptProbes> probes = new TreeMap<>();
        values.forEach((label, steps) -> {
            List<ProbeRow> made = new ArrayList<>();
            steps.forEach((step, found) ->
                    made.add(row(step, rows.getOrDefault(label, Map.of()).getOrDefault(step, Map.of()), found)));
            probes.put(label, new KeptProbes(List.copyOf(made)));
        });
        return probes;
    }

    private static ProbeRow row(long step, Map<String, String> row, Map<String, Double> values) {
        return new ProbeRow(
                ProbeRow.VERSION,
                step,
                number(row, "epoch"),
                Instant.EPOCH,
                occasions(field(row, "occasions")),
                value(values, "learningRate"),
                (int) value(values, "batches"),
                value(values, "trainingLoss"),
                value(values, "evaluationLoss"),
                Optional.of(new GradientMoments(
                        (int) value(values, "gradient.batches"),
                        moments(values, "gradient.total."),
                        moments(values, "gradient.scaleFree."),
                        Map.of(),
                        Map.of())),
                Optional.of(new Smoothness(
                        value(values, "smoothness.gradientNorm"),
                        List.of(),
                        value(values, "smoothness.largest"),
                        value(values, "smoothness.relative"),
                        value(values, "smoothness.scaleFree"),
                        Optional.empty())),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Map.of(),
                (long) value(values, "gradients"),
                value(values, "seconds"));
    }

    /** {@code fraction 0.1; training-loss 1.2} */
    private static List<Occasion> occasions(String text) {
        List<Occasion> occasions = new ArrayList<>();
        for (String one : text.split("[;,] *")) {
            String[] words = one.strip().split(" ");
            Kind kind = words[0].startsWith("fraction")
                    ? Kind.FRACTION
                    : words[0].startsWith("training") ? Kind.TRAINING_LOSS : Kind.RATE_DROP;
            occasions.add(new Occasion(kind, Double.parseDouble(words[words.length - 1])));
        }
        return occasions;
    }

    private static Moments moments(Map<String, Double> values, String prefix) {
        return new Moments(
                estimate(values, prefix + "secondMoment"),
                estimate(values, prefix + "variance"),
                estimate(values, prefix + "squaredMean"));
    }

    private static Estimate estimate(Map<String, Double> values, String name) {
        return new Estimate(value(values, name + ".value"), value(values, name + ".standardError"));
    }

    private static double value(Map<String, Double> values, String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
