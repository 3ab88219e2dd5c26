package normlab.report.figure;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Chance;
import normlab.report.analysis.Measure;
import normlab.report.format.Numbers;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/** Final test accuracy: one dot per seed, a bar at the mean, one row per activation and arm. */
final class DotFigure {
    private static final int PLOT = 340;
    private static final int ROW = 17;
    private static final int HEAD = 18;
    private static final int MOST_LEFT = 260;

    private final Analysis analysis;
    private final double chance;
    private final String title;
    private final List<WrappedText> names;
    private final int left;
    private final NumberAxis axis = new NumberAxis("test accuracy after the last epoch, %");

    private DotFigure(Analysis analysis, String title) {
        this.analysis = analysis;
        this.title = title;
        this.names = analysis.arms().stream()
                .map(arm -> WrappedText.of(analysis.title(arm), MOST_LEFT))
                .toList();
        this.left = 30 + names.stream().mapToInt(WrappedText::width).max().orElse(0);
        this.chance = Chance.percent(analysis.campaign());
        List<Double> shown = cells().stream()
                .flatMap(c -> c.values(Measure.ACCURACY).values().stream())
                .filter(v -> !atChance(v))
                .sorted()
                .toList();
        double low = shown.isEmpty() ? 0 : shown.getFirst();
        double high = shown.isEmpty() ? 100 : shown.getLast();
        double margin = Math.max(0.5, (high - low) * 0.06);
        axis.setRange(low - margin, high + margin);
    }

    static Figure of(Analysis analysis, String prefix, String suffix) {
        String title = "Final test accuracy, one dot per seed" + suffix;
        DotFigure figure = new DotFigure(analysis, title);
        return Drawing.figure(prefix + "accuracy-dots", title, figure.description(), figure.size(), figure::draw);
    }

    private Dimension size() {
        int rows = names.stream().mapToInt(DotFigure::height).sum() + HEAD;
        return new Dimension(left + PLOT, analysis.activations().size() * rows + 86);
    }

    private static int height(WrappedText name) {
        return Math.max(ROW, name.height() + 2);
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            analysis.arms().forEach(arm -> cells.add(analysis.cell(activation, arm)));
        }
        return cells;
    }

    private String description() {
        StringBuilder text = new StringBuilder(title).append(". Means, and number of seeds:");
        for (Cell cell : cells()) {
            cell.sample(Measure.ACCURACY)
                    .ifPresent(s -> text.append(" %s %s %s (%d);"
                            .formatted(
                                    cell.activation().title(),
                                    analysis.title(cell.arm()),
                                    Numbers.fixed(s.mean(), 2),
                                    s.n())));
        }
        return text.toString();
    }

    /** The chart draws the axis and its grid; the rows are drawn inside its area. */
    private void draw(Graphics2D g2) {
        NumberAxis rows = new NumberAxis();
        rows.setVisible(false);
        XYPlot plot = new XYPlot(new XYSeriesCollection(), axis, rows, new XYLineAndShapeRenderer());
        plot.setRangeGridlinesVisible(false);
        plot.setInsets(new RectangleInsets(0, left, 4, 14));
        ChartRenderingInfo info = new ChartRenderingInfo();
        Drawing.chart(title, plot).draw(g2, Drawing.area(size()), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        double y = area.getMinY();
        for (Activation activation : analysis.activations()) {
            g2.setFont(Style.TITLE);
            g2.setPaint(Style.INK);
            g2.drawString(activation.title(), 8f, (float) (y + HEAD - 4));
            y += HEAD;
            for (int arm = 0; arm < analysis.arms().size(); arm++) {
                String name = analysis.arms().get(arm);
                names.get(arm).draw(g2, 16, y + ROW / 2.0);
                row(g2, area, analysis.cell(activation, name), Style.of(analysis.arm(name)), y + ROW / 2.0);
                y += height(names.get(arm));
            }
        }
    }

    private void row(Graphics2D g2, Rectangle2D area, Cell cell, Style style, double y) {
        if (cell.values(Measure.ACCURACY).isEmpty()) {
            g2.drawString("no result", (float) area.getMinX() + 4, (float) (y + 4));
        }
        List<Double> values = List.copyOf(cell.values(Measure.ACCURACY).values());
        long hidden = values.stream().filter(this::atChance).count();
        if (hidden > 0) {
            offScale(g2, area.getMinX(), y, "at chance (%d of %d)".formatted(hidden, values.size()), style);
        }
        g2.setPaint(style.color());
        for (double value : values) {
            if (!atChance(value)) {
                double x = axis.valueToJava2D(value, area, RectangleEdge.BOTTOM);
                g2.fill(AffineTransform.getTranslateInstance(x, y).createTransformedShape(style.marker()));
            }
        }
        cell.sample(Measure.ACCURACY)
                .filter(s -> s.n() > 1 && !atChance(s.mean()))
                .ifPresent(s -> {
                    double x = axis.valueToJava2D(s.mean(), area, RectangleEdge.BOTTOM);
                    if (x >= area.getMinX()) {
                        g2.setPaint(Style.INK);
                        g2.setStroke(new BasicStroke(1.5f));
                        g2.draw(new Line2D.Double(x, y - 7, x, y + 7));
                    }
                });
    }

    private static void offScale(Graphics2D g2, double x, double y, String text, Style style) {
        g2.setPaint(style.color());
        g2.fill(AffineTransform.getTranslateInstance(x + 3, y)
                .createTransformedShape(Style.polygon(0, 0, 8, -5, 8, 5)));
        g2.setPaint(Style.INK);
        g2.drawString(text, (float) x + 15, (float) (y + 4));
    }

    private boolean atChance(double percent) {
        return percent <= Chance.LEFT * chance;
    }
}
