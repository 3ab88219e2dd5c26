package normlab.json;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the numbers in records against their {@linkplain Range ranges}. */
public final class Ranges {
    /** Reflection is slow, and a campaign plans thousands of trials. */
    private static final ClassValue<List<Limited>> LIMITED = new ClassValue<>() {
        @Override
        protected List<Limited> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> component.isAnnotationPresent(Range.class))
                    .map(component -> new Limited(
                            component.getName(),
                            limits(component),
                            component.getAnnotation(Range.class).reason()))
                    .toList();
        }
    };

    private record Limited(String name, Map<Bound, BigDecimal> limits, String reason) {}

    private Ranges() {}

    /**
     * For a record's constructor.
     *
     * @param values of all components that have a {@link Range}, in order
     * @throws IllegalArgumentException naming the first value that is out of its range, and the range
     */
    public static void check(Class<? extends Record> type, Object... values) {
        List<Limited> limited = LIMITED.get(type);
        Checks.check(
                values.length == limited.size(),
                "%s values for the %s ranges of %s",
                values.length,
                limited.size(),
                type);
        for (int i = 0; i < values.length; i++) {
            check(limited.get(i), values[i]);
        }
    }

    private static void check(Limited component, Object value) {
        switch (value) {
            case Number number -> check(component, number);
            case Optional<?> optional -> optional.ifPresent(present -> check(component, present));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    check(
                            new Limited(
                                    "%s[%d]".formatted(component.name(), i), component.limits(), component.reason()),
                            list.get(i));
                }
            }
            default ->
                throw new IllegalArgumentException("%s has a range and is %s".formatted(component.name(), value));
        }
    }

    private static void check(Limited component, Number number) {
        problem(component.name(), number, component.limits()).ifPresent(problem -> {
            throw new IllegalArgumentException(
                    component.reason().isEmpty() ? problem : problem + ": " + component.reason());
        });
    }

    /** What is wrong with a number, if it is out of its range. */
    public static Optional<String> problem(String name, Number number, Map<Bound, BigDecimal> limits) {
        boolean right = limits.entrySet().stream()
                .allMatch(
                        e -> e.getKey().holds(number.doubleValue(), e.getValue().doubleValue()));
        String expected = limits.entrySet().stream()
                .map(e -> e.getKey().words + " " + e.getValue().toPlainString())
                .collect(Collectors.joining(" and "));
        return right ? Optional.empty() : Optional.of("%s is %s, expected %s".formatted(name, number, expected));
    }

    /** The limits of a component; none if it has no {@link Range}. */
    public static Map<Bound, BigDecimal> limits(RecordComponent component) {
        Map<Bound, BigDecimal> limits = new EnumMap<>(Bound.class);
        Range range = component.getAnnotation(Range.class);
        if (range != null) {
            for (Bound bound : Bound.values()) {
                double limit = bound.of(range);
                if (Double.isFinite(limit)) {
                    limits.put(bound, BigDecimal.valueOf(limit).stripTrailingZeros());
                }
            }
        }
        return limits;
    }

    /** One side of a range. */
    public enum Bound {
        MINIMUM("minimum", "at least"),
        ABOVE("exclusiveMinimum", "more than"),
        MAXIMUM("maximum", "at most"),
        BELOW("exclusiveMaximum", "less than");

        private final String key;
        private final String words;

        Bound(String key, String words) {
            this.key = key;
            this.words = words;
        }

        /** Its name in a JSON schema. */
        public String key() {
            return key;
        }

        private double of(Range range) {
            return switch (this) {
                case MINIMUM -> range.atLeast();
                case ABOVE -> range.above();
                case MAXIMUM -> range.atMost();
                case BELOW -> range.below();
            };
        }

        /** False for NaN. */
        private boolean holds(double value, double limit) {
            return switch (this) {
                case MINIMUM -> value >= limit;
                case ABOVE -> value > limit;
                case MAXIMUM -> value <= limit;
                case BELOW -> value < limit;
            };
        }
    }
}
