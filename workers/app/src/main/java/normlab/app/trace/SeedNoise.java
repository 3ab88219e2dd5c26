package normlab.app.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.report.stats.Sample;
import normlab.report.stats.StudentT;

/**
 * Whether accuracies of a rerun differ from the first ones by more than those of other seeds would: cell by cell, by a
 * t-test with the standard deviation of all cells pooled, at 5 % for all cells together.
 */
final class SeedNoise {
    private static final double LEVEL = 0.05;

    private final Map<String, List<Double>> then = new LinkedHashMap<>();
    private final Map<String, List<Double>> now = new LinkedHashMap<>();

    /** @param freedom degrees of it */
    private record Spread(double deviation, int freedom) {}

    /** @param cell trials that differ by their seeds only */
    void add(String cell, double accuracyThen, double accuracyNow) {
        then.computeIfAbsent(cell, c -> new ArrayList<>()).add(accuracyThen);
        now.computeIfAbsent(cell, c -> new ArrayList<>()).add(accuracyNow);
    }

    /** The first cell that differs by more, in words. */
    Optional<String> beyond() {
        Optional<Spread> spread = pooled();
        if (spread.isEmpty()) {
            return Optional.of("No cell has two seeds, so there is no seed noise to compare with.");
        }
        // Of twenty cells one alone would be beyond its 5 % by chance.
        double errors = StudentT.critical(LEVEL / then.size(), spread.get().freedom());
        for (Map.Entry<String, List<Double>> cell : then.entrySet()) {
            double difference =
                    Sample.of(now.getOrDefault(cell.getKey(), List.of())).mean()
                            - Sample.of(cell.getValue()).mean();
            double limit = errors
                    * spread.get().deviation()
                    * Math.sqrt(2.0 / cell.getValue().size());
            if (Math.abs(difference) > limit) {
                return Optional.of("Beyond seed noise in %s: %+.2f points of test accuracy, where seeds make %.2f."
                        .formatted(cell.getKey(), 100 * difference, 100 * limit));
            }
        }
        return Optional.empty();
    }

    private Optional<Spread> pooled() {
        double squares = 0;
        int freedom = 0;
        for (List<Double> cell : then.values()) {
            Sample sample = Sample.of(cell);
            if (sample.sd().isPresent()) {
                squares += Math.pow(sample.sd().getAsDouble(), 2) * (sample.n() - 1);
                freedom += sample.n() - 1;
            }
        }
        return freedom == 0 ? Optional.empty() : Optional.of(new Spread(Math.sqrt(squares / freedom), freedom));
    }
}
