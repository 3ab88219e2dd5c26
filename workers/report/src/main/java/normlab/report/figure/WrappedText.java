package normlab.report.figure;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A label that is broken into lines, never cut.
 *
 * @param lines in order
 * @param width of the widest line, in pixels
 */
record WrappedText(List<String> lines, int width) {
    static final int LINE = 15;

    private static final FontMetrics METRICS = metrics();

    private static FontMetrics metrics() {
        return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                .createGraphics()
                .getFontMetrics(Style.TEXT);
    }

    /** Breaks between words, and within a word only if it alone is wider than the room. */
    static WrappedText of(String text, int room) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (METRICS.stringWidth(longer) <= room) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = word;
            while (METRICS.stringWidth(line) > room && line.length() > 1) {
                int fit = 1;
                while (fit < line.length() && METRICS.stringWidth(line.substring(0, fit + 1)) <= room) {
                    fit++;
                }
                lines.add(line.substring(0, fit));
                line = line.substring(fit);
            }
        }
        lines.add(line);
        int width = lines.stream().mapToInt(METRICS::stringWidth).max().orElse(0);
        return new WrappedText(List.copyOf(lines), width);
    }

    int height() {
        return lines.size() * LINE;
    }

    /** @param y the middle of the first line */
    void draw(Graphics2D g2, double x, double y) {
        g2.setFont(Style.TEXT);
        g2.setPaint(Style.INK);
        for (int i = 0; i < lines.size(); i++) {
            g2.drawString(lines.get(i), (float) x, (float) (y + 4 + i * LINE));
        }
    }
}
