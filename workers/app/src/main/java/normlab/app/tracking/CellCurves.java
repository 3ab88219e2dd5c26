package normlab.app.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.port.TrackedRun.MetricPoint;
import normlab.report.stats.Sample;
import normlab.trial.JournalRow;

/**
 * Mean and spread over seeds of each cell's curves by epoch, as metrics of a campaign. A cell is shown once all its seeds
 * have a result, and up to the first epoch that one of them lacks because it diverged: so a point never changes, and no
 * mean is over those that were left.
 */
final class CellCurves {
    /** So many points take the server some seconds; a campaign with more shows every second epoch, or every third. */
    static final int MOST_POINTS = 20_000;

    /** What is averaged, by the name of its metric; empty where an epoch has none. */
    private static final Map<String, Function<JournalRow, Optional<Double>>> MEASURES = measures();

    private static final int STATISTICS = 2;

    private final long everySo;
    private final int epochs;
    private final List<MetricPoint> points = new ArrayList<>();

    private CellCurves(long cells, int epochs) {
        this.epochs = epochs;
        this.everySo = Math.ceilDiv(cells * epochs * MEASURES.size() * STATISTICS, MOST_POINTS);
    }

    private static Map<String, Function<JournalRow, Optional<Double>>> measures() {
        Map<String, Function<JournalRow, Optional<Double>>> measures = new LinkedHashMap<>();
        measures.put("validation_accuracy", row -> Optional.of(row.validationAccuracy()));
        measures.put("train_loss", row -> Optional.of(row.trainLoss()));
        measures.put("test_each_epoch_accuracy", JournalRow::testAccuracy);
        return measures;
    }

    /** None where no trial was read. */
    static List<MetricPoint> of(CampaignContents contents) {
        Map<String, Long> planned = contents.plan().trials().stream()
                .collect(Collectors.groupingBy(PlannedTrial::cell, LinkedHashMap::new, Collectors.counting()));
        Map<String, List<List<JournalRow>>> complete = contents.trials().stream()
                .filter(t -> t.result().isPresent())
                .collect(Collectors.groupingBy(
                        t -> t.planned().cell(), Collectors.mapping(Trial::journal, Collectors.toList())));
        CellCurves curves =
                new CellCurves(planned.size(), contents.experiment().recipe().epochs());
        planned.forEach((cell, seeds) -> {
            List<List<JournalRow>> journals = complete.getOrDefault(cell, List.of());
            if (journals.size() == seeds) {
                MEASURES.forEach((name, measure) -> curves.add(name, cell, journals, measure));
            }
        });
        return curves.points;
    }

    private void add(
            String name, String cell, List<List<JournalRow>> journals, Function<JournalRow, Optional<Double>> measure) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            int index = epoch - 1;
            List<JournalRow> rows = journals.stream()
                    .filter(j -> j.size() > index)
                    .map(j -> j.get(index))
                    .toList();
            List<Double> values = rows.stream()
                    .flatMap(r -> measure.apply(r).filter(Double::isFinite).stream())
                    .toList();
            if (values.size() < journals.size()) {
                return;
            }
            if (epoch == 1 || epoch == epochs || epoch % everySo == 0) {
                Instant at = rows.stream()
                        .map(JournalRow::at)
                        .max(Instant::compareTo)
                        .orElseThrow();
                add(name, cell, Sample.of(values), epoch, at);
            }
        }
    }

    private void add(String name, String cell, Sample sample, int epoch, Instant at) {
        points.add(new MetricPoint(key(name, "mean", cell), sample.mean(), epoch, at));
        sample.sd().ifPresent(sd -> points.add(new MetricPoint(key(name, "sd", cell), sd, epoch, at)));
    }

    /** Sorted, they come in front of the results, and the cells of a measure stand side by side. */
    private static String key(String name, String statistic, String cell) {
        return CampaignMetrics.key("by_epoch/%s_%s/%s".formatted(name, statistic, cell));
    }
}
