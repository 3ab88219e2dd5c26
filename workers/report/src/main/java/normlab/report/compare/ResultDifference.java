package normlab.report.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.report.analysis.Measure;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;
import normlab.report.stats.Sample;
import normlab.report.stats.Welch;

/** The cells that both campaigns have, matched by network, peak rate, activation and name of the arm. */
final class ResultDifference {
    static final List<String> HEAD = List.of("Cell", "Measure", "First", "Second", "Difference [95 %]", "Method");
    private static final List<Measure> MEASURES = List.of(Measure.ACCURACY, Measure.TRAIN_LOSS, Measure.AUC);

    private final Map<String, List<TrialOutcome>> first;
    private final Map<String, List<TrialOutcome>> second;

    ResultDifference(CampaignResults first, CampaignResults second) {
        this.first = cells(first);
        this.second = cells(second);
    }

    private static Map<String, List<TrialOutcome>> cells(CampaignResults campaign) {
        return campaign.trials().stream()
                .collect(Collectors.groupingBy(ResultDifference::cell, LinkedHashMap::new, Collectors.toList()));
    }

    private static String cell(TrialOutcome trial) {
        return "%s, %s, %s, rate %s"
                .formatted(
                        trial.spec().activation().title(),
                        trial.planned().arm(),
                        trial.spec().network(),
                        Numbers.plain(trial.spec().recipe().learningRate()));
    }

    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        first.forEach((cell, trials) -> {
            List<TrialOutcome> others = second.get(cell);
            if (others != null) {
                for (Measure measure : MEASURES) {
                    row(cell, measure, values(trials, measure), values(others, measure))
                            .ifPresent(rows::add);
                }
            }
        });
        return rows;
    }

    private static TreeMap<Long, Double> values(List<TrialOutcome> trials, Measure measure) {
        TreeMap<Long, Double> values = new TreeMap<>();
        trials.forEach(t -> measure.of(t).ifPresent(v -> values.put(t.spec().seed(), v)));
        return values;
    }

    private static Optional<List<String>> row(
            String cell, Measure measure, TreeMap<Long, Double> a, TreeMap<Long, Double> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Optional.empty();
        }
        int digits = measure.digits();
        List<String> row = new ArrayList<>(List.of(cell, measure.title()));
        row.add(Numbers.sample(Sample.of(a.values()), digits));
        row.add(Numbers.sample(Sample.of(b.values()), digits));
        Optional<PairedDifference> paired = PairedDifference.bySeed(b, a);
        if (paired.isPresent()) {
            row.add(difference(paired.get().mean(), paired.get().interval(), digits));
            row.add("paired, n = " + paired.get().n());
        } else {
            Optional<Welch> welch = Welch.of(b.values(), a.values());
            double mean = Sample.of(b.values()).mean() - Sample.of(a.values()).mean();
            row.add(difference(mean, welch.map(Welch::interval), digits));
            row.add("no shared seeds, Welch");
        }
        return Optional.of(row);
    }

    private static String difference(double mean, Optional<Interval> interval, int digits) {
        return Numbers.signed(mean, digits)
                + interval.map(i -> " " + Numbers.interval(i, digits)).orElse("");
    }
}
