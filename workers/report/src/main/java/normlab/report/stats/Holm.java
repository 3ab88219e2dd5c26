package normlab.report.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Holm's step-down correction (1979): the chance of one false finding in the family stays below the level. */
public final class Holm {
    private Holm() {}

    /**
     * Adjusted p values, in the order given.
     *
     * @param family p values in [0, 1]; may be empty
     */
    public static List<Double> adjust(List<Double> family) {
        List<Integer> order = IntStream.range(0, family.size())
                .boxed()
                .sorted(Comparator.comparingDouble(family::get))
                .toList();
        List<Double> adjusted = new ArrayList<>(family);
        double floor = 0;
        for (int rank = 0; rank < order.size(); rank++) {
            int index = order.get(rank);
            floor = Math.max(floor, Math.min(1, (family.size() - rank) * family.get(index)));
            adjusted.set(index, floor);
        }
        return List.copyOf(adjusted);
    }

    /** Adjusts a family in which some tests have no p value; those stay empty and do not count. */
    public static List<OptionalDouble> adjustPresent(List<OptionalDouble> family) {
        List<Double> present = family.stream()
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        List<Double> adjusted = new ArrayList<>(adjust(present));
        return family.stream()
                .map(p -> p.isPresent() ? OptionalDouble.of(adjusted.removeFirst()) : p)
                .toList();
    }
}
