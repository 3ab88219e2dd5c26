package normlab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Arms;
import normlab.report.analysis.ReadingRow;
import normlab.report.format.Numbers;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * What each reading gains: per activation and reading one line for the difference to BN and one for that to BN at the same
 * head, filled with running statistics, hollow with precise ones; dashed where the abstract's figure lies.
 */
final class ReadingFigure {
    private static final int PLOT = 420;
    private static final int LINE = 15;
    private static final int HEAD = 20;
    private static final int MOST_LEFT = 300;
    private static final String TITLE = "Gain in test accuracy (hollow: precise statistics)";

    private final Analysis analysis;
    private final List<Line> lines = new ArrayList<>();
    private final int left;
    private final NumberAxis axis = new NumberAxis("difference, points (95 % intervals; dashed: the abstract's claim)");

    /** A heading, or one difference under both evaluations. */
    private record Line(
            boolean heading,
            WrappedText name,
            Optional<Style> style,
            Optional<PairedDifference> running,
            Optional<PairedDifference> precise,
            OptionalDouble claimed) {
        int height() {
            return heading ? HEAD : Math.max(LINE, name.height());
        }
    }

    private ReadingFigure(Analysis analysis, List<ReadingRow> rows) {
        this.analysis = analysis;
        for (Activation activation : analysis.activations()) {
            lines.add(new Line(
                    true,
                    WrappedText.of(activation.title(), MOST_LEFT),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty()));
            rows.stream().filter(r -> r.activation() == activation).forEach(this::add);
        }
        this.left = 30 + lines.stream().mapToInt(l -> l.name().width()).max().orElse(0);
        fit();
    }

    private void add(ReadingRow row) {
        String title = analysis.title(row.arm());
        Optional<Style> style = Optional.of(Style.of(analysis.arm(row.arm())));
        lines.add(new Line(
                false,
                WrappedText.of(title + " − BN", MOST_LEFT),
                style,
                row.running().overBn(),
                row.precise().overBn(),
                row.claimed()));
        row.sameHead()
                .filter(head -> !Arms.isPlainBn(analysis.arm(head)))
                .ifPresent(head -> lines.add(new Line(
                        false,
                        WrappedText.of("%s − %s".formatted(title, analysis.title(head)), MOST_LEFT),
                        style,
                        row.running().overSameHead(),
                        row.precise().overSameHead(),
                        OptionalDouble.empty())));
    }

    private void fit() {
        double low = 0;
        double high = 0;
        for (Line line : lines) {
            for (Optional<PairedDifference> difference : List.of(line.running(), line.precise())) {
                if (difference.isPresent()) {
                    Interval interval = bounds(difference.get());
                    low = Math.min(low, interval.low());
                    high = Math.max(high, interval.high());
                }
            }
            high = Math.max(high, line.claimed().orElse(0));
        }
        double margin = Math.max(0.5, (high - low) * 0.05);
        axis.setRange(low - margin, high + margin);
    }

    private static Interval bounds(PairedDifference difference) {
        return difference.interval().orElse(new Interval(difference.mean(), difference.mean()));
    }

    /** Empty if the campaign compares no reading with BN. */
    static Optional<Figure> of(Analysis analysis, List<ReadingRow> rows, String prefix) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        ReadingFigure figure = new ReadingFigure(analysis, rows);
        return Optional.of(
                Drawing.figure(prefix + "readings", TITLE, figure.description(rows), figure.size(), figure::draw));
    }

    private String description(List<ReadingRow> rows) {
        StringBuilder text = new StringBuilder(TITLE).append(". Differences to BN:");
        rows.forEach(row -> row.running()
                .overBn()
                .ifPresent(d -> text.append(" %s %s %s;"
                        .formatted(row.activation().title(), analysis.title(row.arm()), Numbers.signed(d.mean(), 2)))));
        return text.toString();
    }

    private Dimension size() {
        return new Dimension(left + PLOT, lines.stream().mapToInt(Line::height).sum() + 90);
    }

    private void draw(Graphics2D g2) {
        NumberAxis hidden = new NumberAxis();
        hidden.setVisible(false);
        XYPlot plot = new XYPlot(new XYSeriesCollection(), axis, hidden, new XYLineAndShapeRenderer());
        plot.setRangeGridlinesVisible(false);
        plot.setInsets(new RectangleInsets(0, left, 4, 14));
        ChartRenderingInfo info = new ChartRenderingInfo();
        Drawing.chart(TITLE, plot).draw(g2, Drawing.area(size()), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        upright(g2, area, 0, area.getMinY(), area.getMaxY(), new BasicStroke(1));
        double y = area.getMinY();
        for (Line line : lines) {
            double middle = y + line.height() / 2.0;
            if (line.heading()) {
                g2.setFont(Style.TITLE);
                g2.setPaint(Style.INK);
                g2.drawString(line.name().lines().getFirst(), 8f, (float) (middle + 5));
            } else {
                line.name().draw(g2, 16, y + LINE / 2.0);
                draw(g2, area, line, middle);
            }
            y += line.height();
        }
    }

    private void draw(Graphics2D g2, Rectangle2D area, Line line, double y) {
        line.claimed()
                .ifPresent(claim -> upright(
                        g2,
                        area,
                        claim,
                        y - line.height() / 2.0,
                        y + line.height() / 2.0,
                        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {3, 2}, 0)));
        Style style = line.style().orElseThrow();
        line.running().ifPresent(d -> draw(g2, area, d, style, y - 3, true));
        line.precise().ifPresent(d -> draw(g2, area, d, style, y + 3, false));
    }

    private void draw(
            Graphics2D g2, Rectangle2D area, PairedDifference difference, Style style, double y, boolean filled) {
        Interval interval = bounds(difference);
        g2.setPaint(style.color());
        g2.setStroke(new BasicStroke(1.5f));
        g2.draw(new Line2D.Double(x(interval.low(), area), y, x(interval.high(), area), y));
        Shape marker = AffineTransform.getTranslateInstance(x(difference.mean(), area), y)
                .createTransformedShape(style.marker());
        if (filled) {
            g2.fill(marker);
        } else {
            g2.setPaint(Color.WHITE);
            g2.fill(marker);
            g2.setPaint(style.color());
            g2.draw(marker);
        }
    }

    private void upright(Graphics2D g2, Rectangle2D area, double at, double top, double bottom, BasicStroke stroke) {
        g2.setPaint(Style.INK);
        g2.setStroke(stroke);
        g2.draw(new Line2D.Double(x(at, area), top, x(at, area), bottom));
    }

    private double x(double value, Rectangle2D area) {
        return axis.valueToJava2D(value, area, RectangleEdge.BOTTOM);
    }
}
