package normlab.app.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** What all rows together say about the bars. */
final class Summary {
    private static final Duration CANCEL_BAR = Duration.ofSeconds(10);

    private Summary() {}

    /** @param asked how many rows there should be */
    static String of(List<Row> rows, int asked, Duration took) {
        List<Row> slots =
                rows.stream().filter(row -> row.fault().bar().isPresent()).toList();
        long inTime = slots.stream()
                .filter(row -> row.recovered().compareTo(row.fault().bar().orElseThrow()) <= 0)
                .count();
        String slowest = slots.stream()
                .map(Row::recovered)
                .max(Comparator.naturalOrder())
                .map(time -> " A killed slot's trials got on in time in %d of %d rows, the slowest after %.1f s."
                        .formatted(inTime, slots.size(), Row.seconds(time)))
                .orElse("");
        String cancelled = rows.stream()
                .flatMap(row -> row.stopped().stream())
                .findFirst()
                .map(time -> " A cancelled campaign stopped training after %.1f s (bar: %d s)."
                        .formatted(Row.seconds(time), CANCEL_BAR.toSeconds()))
                .orElse("");
        return "%d of %d faults survived in %.0f min.%s%s"
                .formatted(rows.size(), asked, Row.seconds(took) / 60, slowest, cancelled);
    }
}
