package normlab.report.figure;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Comparator;
import java.util.List;

/** Names at the ends of lines instead of a legend, moved apart where they would overlap. */
final class EndLabels {
    static final int WIDTH = 170;
    private static final double GAP = 15;
    private static final int SAMPLE = 16;

    private EndLabels() {}

    /** A label and the height at which its line ends. */
    record Label(String text, Style style, double y) {}

    static void draw(Graphics2D g2, List<Label> labels, double x, double top, double bottom) {
        List<Label> sorted =
                labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList();
        double[] places = apart(sorted.stream().mapToDouble(Label::y).toArray(), top, bottom);
        g2.setFont(Style.TEXT);
        for (int i = 0; i < places.length; i++) {
            draw(g2, sorted.get(i), x, places[i]);
        }
    }

    /** Heights in order and at least one line of text apart, as near to the wanted ones as possible. */
    static double[] apart(double[] wanted, double top, double bottom) {
        double[] places = wanted.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(places[i], i == 0 ? top : places[i - 1] + GAP);
        }
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], i == places.length - 1 ? bottom : places[i + 1] - GAP);
        }
        return places;
    }

    private static void draw(Graphics2D g2, Label label, double x, double y) {
        g2.setPaint(label.style().color());
        g2.setStroke(label.style().stroke());
        g2.draw(new Line2D.Double(x + 6, y, x + 6 + SAMPLE, y));
        g2.setPaint(Style.INK);
        FontMetrics metrics = g2.getFontMetrics();
        g2.drawString(fitted(label.text(), metrics, WIDTH - SAMPLE - 12), (float) (x + 10 + SAMPLE), (float) (y + 4));
    }

    /** The text, cut to the given width in pixels. */
    static String fitted(String text, FontMetrics metrics, int width) {
        if (text.length() <= width && metrics.stringWidth(text) <= width) {
            return text;
        }
        // No character is narrower than a pixel, so the width bounds the length too.
        int end = Math.min(text.length(), width);
        while (end > 1 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
