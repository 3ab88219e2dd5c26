package normlab.app.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.report.stats.Sample;

/**
 * Whether accuracies of a rerun differ from the first ones by more than those of other seeds would: more than two
 * standard errors of a difference of means, cell by cell, with the standard deviation of all cells pooled.
 */
final class SeedNoise {
    private final Map<String, List<Double>> then = new LinkedHashMap<>();
    private final Map<String, List<Double>> now = new LinkedHashMap<>();

    /** @param cell trials that differ by their seeds only */
    void add(String cell, double accuracyThen, double accuracyNow) {
        then.computeIfAbsent(cell, c -> new ArrayList<>()).add(accuracyThen);
        now.computeIfAbsent(cell, c -> new ArrayList<>()).add(accuracyNow);
    }

    /** The first cell that differs by more, in words. */
    Optional<String> beyond() {
        OptionalDouble deviation = pooledDeviation();
        if (deviation.isEmpty()) {
            return Optional.of("No cell has two seeds, so there is no seed noise to compare with.");
        }
        for (Map.Entry<String, List<Double>> cell : then.entrySet()) {
            double difference =
                    Sample.of(now.getOrDefault(cell.getKey(), List.of())).mean()
                            - Sample.of(cell.getValue()).mean();
            double limit = 2
                    * deviation.getAsDouble()
                    * Math.sqrt(2.0 / cell.getValue().size());
            if (Math.abs(difference) > limit) {
                return Optional.of("Beyond seed noise in %s: %+.2f points of test accuracy, where seeds make %.2f."
                        .formatted(cell.getKey(), 100 * difference, 100 * limit));
            }
        }
        return Optional.empty();
    }

    private OptionalDouble pooledDeviation() {
        double squares = 0;
        int freedom = 0;
        for (List<Double> cell : then.values()) {
            Sample sample = Sample.of(cell);
            if (sample.sd().isPresent()) {
                squares += Math.pow(sample.sd().getAsDouble(), 2) * (sample.n() - 1);
                freedom += sample.n() - 1;
            }
        }
        return freedom == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / freedom));
    }
}
