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

    private record Entry(Style style, WrappedText text) {}

    /** @param room width of the legend, in pixels */
    Legend(List<Curve> curves, int room) {
        for (Curve curve : curves) {
            entries.add(new Entry(curve.style(), WrappedText.of(curve.title(), room - SAMPLE - GAP)));
        }
    }

    int height() {
        return entries.stream().mapToInt(e -> e.text().height() + 4).sum();
    }

    void draw(Graphics2D g2, double x, double top) {
        double y = top + WrappedText.LINE / 2.0;
        for (Entry entry : entries) {
            g2.setPaint(entry.style().color());
            g2.setStroke(entry.style().stroke());
            g2.draw(new Line2D.Double(x, y, x + SAMPLE, y));
            g2.fill(AffineTransform.getTranslateInstance(x + SAMPLE / 2.0, y)
                    .createTransformedShape(entry.style().marker()));
            entry.text().draw(g2, x + SAMPLE + GAP, y);
            y += entry.text().height() + 4;
        }
    }
}
