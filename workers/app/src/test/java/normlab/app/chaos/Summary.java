package normlab.app.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The summary below the table: how many faults were survived, and whether the limits were kept. */
final class Summary {
    private static final Duration CANCEL_BAR = Duration.ofSeconds(10);

    private Summary() {}

    /** @param asked how many faults there are */
    static String of(List<Row> rows, int asked, Duration took) {
        List<Row> slots =
                rows.stream().filter(row -> row.fault().bar().isPresent()).toList();
        long inTime = slots.stream()
                .filter(row -> row.recovered().compareTo(row.fault().bar().orElseThrow()) <= 0)
                .count();
        String slowest = slots.stream()
                .map(Row::recovered)
                .max(Comparator.naturalOrder())
                .map(time ->
                        " After a slot was killed, its trials recovered within the limit in %d of %d rows, the slowest in %.1f s."
                                .formatted(inTime, slots.size(), Row.seconds(time)))
                .orElse("");
        String cancelled = rows.stream()
                .flatMap(row -> row.stopped().stream())
                .findFirst()
                .map(time -> " A cancelled campaign stopped training after %.1f s (limit: %d s)."
                        .formatted(Row.seconds(time), CANCEL_BAR.toSeconds()))
                .orElse("");
        return "%d of %d faults survived in %.0f min.%s%s"
                .formatted(rows.size(), asked, Row.seconds(took) / 60, slowest, cancelled);
    }
}
