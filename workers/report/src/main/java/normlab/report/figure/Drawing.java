package normlab.report.figure;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleInsets;

/** Turns a drawing into a {@link Figure} and gives all charts the same style. */
final class Drawing {
    private static final int SCALE = 2;

    static {
        // Otherwise JFreeChart draws rotated labels as outlines, which cannot be selected or read by a screen reader.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Drawing() {}

    static Optional<String> problem() {
        try {
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                    .createGraphics()
                    .getFontMetrics(Style.TEXT)
                    .stringWidth("x");
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            // Java reports missing fonts as a RuntimeException, an InternalError, a LinkageError or a plain Error.
            return Optional.of("no figures: Java cannot use fonts here (" + e
                    + "), expected fontconfig and a font; install, for example, fontconfig and fonts-dejavu-core");
        }
    }

    static Figure figure(String name, String title, String description, Dimension size, Consumer<Graphics2D> drawing) {
        String svg = SvgWriter.write(name, title, description, size, drawing);
        return new Figure(name, title, description, svg, png(size, drawing));
    }

    static JFreeChart chart(String title, XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Style.GRID);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        look(plot.getDomainAxis());
        look(plot.getRangeAxis());
        JFreeChart chart = new JFreeChart(null, Style.TITLE, plot, false);
        chart.setBackgroundPaint(null);
        TextTitle heading = new TextTitle(title, Style.TITLE);
        heading.setPaint(Style.INK);
        heading.setHorizontalAlignment(HorizontalAlignment.LEFT);
        heading.setMargin(2, 6, 6, 2);
        chart.setTitle(heading);
        return chart;
    }

    static Rectangle2D area(Dimension size) {
        return new Rectangle2D.Double(0, 0, size.width, size.height);
    }

    private static void look(ValueAxis axis) {
        axis.setLabelFont(Style.TEXT);
        axis.setTickLabelFont(Style.TEXT);
        axis.setLabelPaint(Style.INK);
        axis.setTickLabelPaint(Style.INK);
        axis.setAxisLinePaint(Style.INK);
        axis.setTickMarkPaint(Style.INK);
    }

    static byte[] png(Dimension size, Consumer<Graphics2D> drawing) {
        BufferedImage image = new BufferedImage(size.width * SCALE, size.height * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawing.accept(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a figure as PNG", e);
        }
        return bytes.toByteArray();
    }
}
