package normlab.report.figure;

import java.util.List;
import java.util.stream.Collectors;
import normlab.report.format.Numbers;

/** Figures in words. */
final class Descriptions {
    private Descriptions() {}

    static String curves(String title, String quantity, String by, List<Curve> curves) {
        if (curves.isEmpty()) {
            return title + ". No trial has values to show.";
        }
        String ends = curves.stream()
                .map(c -> "%s %s".formatted(c.title(), Numbers.fixed(c.last(), 2)))
                .collect(Collectors.joining(", "));
        return "%s. Lines are means over seeds, bands one standard deviation, of %s by %s. At the right end: %s."
                .formatted(title, quantity, by, ends);
    }
}
