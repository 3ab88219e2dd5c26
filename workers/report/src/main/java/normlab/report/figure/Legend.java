package normlab.report.figure;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/** The names of the series of a figure, each beside a piece of its line. */
final class Legend {
    private static final int SAMPLE = 26;
    private static final int GAP = 8;

    private final List<Entry> entries = new ArrayList<>();
    private final int room;
    private final int each;

    private record Entry(Style style, WrappedText text) {
        int height() {
            return text.height() + 4;
        }
    }

    /** @param room width of one column, in pixels */
    Legend(List<Curve> curves, int room, int columns) {
        this.room = room;
        this.each = Math.max(1, (curves.size() + columns - 1) / columns);
        for (Curve curve : curves) {
            entries.add(new Entry(curve.style(), WrappedText.of(curve.title(), room - SAMPLE - GAP)));
        }
    }

    int height() {
        int height = 0;
        for (int from = 0; from < entries.size(); from += each) {
            int column = entries.subList(from, Math.min(entries.size(), from + each)).stream()
                    .mapToInt(Entry::height)
                    .sum();
            height = Math.max(height, column);
        }
        return height;
    }

    void draw(Graphics2D g2, double left, double top) {
        double x = left;
        double y = top + WrappedText.LINE / 2.0;
        int drawn = 0;
        for (Entry entry : entries) {
            g2.setPaint(entry.style().color());
            g2.setStroke(entry.style().stroke());
            g2.draw(new Line2D.Double(x, y, x + SAMPLE, y));
            g2.fill(AffineTransform.getTranslateInstance(x + SAMPLE / 2.0, y)
                    .createTransformedShape(entry.style().marker()));
            entry.text().draw(g2, x + SAMPLE + GAP, y);
            y += entry.height();
            drawn++;
            if (drawn % each == 0) {
                x += room + 2 * GAP;
                y = top + WrappedText.LINE / 2.0;
            }
        }
    }
}
