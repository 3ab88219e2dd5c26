package normlab.report.figure;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import normlab.report.analysis.Chance;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** Lines of means with a band of one standard deviation over seeds, one line per arm. */
final class CurveFigure {
    static final Dimension SIZE = new Dimension(500, 280);
    private static final double SMALLEST = 1e-4;
    /** A loss that falls by less than this factor is easier to read on a linear scale. */
    private static final double WORTH_LOG = 2;

    private final String title;
    private final List<Curve> curves;
    private final ValueAxis values;
    private final ValueAxis domain;

    private CurveFigure(String title, List<Curve> curves, ValueAxis values, ValueAxis domain) {
        this.title = title;
        this.curves = curves;
        this.values = values;
        this.domain = domain;
    }

    /** The figure of a positive quantity that may span several powers of ten. */
    static Figure positive(String name, String title, String quantity, List<Curve> curves) {
        boolean log = lowest(curves) > 0;
        return figure(name, title, curves, log ? new LossAxis(quantity + " (log scale)") : new NumberAxis(quantity));
    }

    static Figure loss(String name, String title, List<Curve> curves) {
        double lowest = lowest(curves);
        boolean log = lowest > SMALLEST && highest(curves) / lowest > WORTH_LOG;
        ValueAxis axis = log ? new LossAxis("training loss (log scale)") : new NumberAxis("training loss");
        return figure(name, title, curves, axis);
    }

    /** @param chance in percent; an arm that never left it does not stretch the axis and is marked with an arrow */
    static Figure accuracy(String name, String title, List<Curve> curves, double chance) {
        List<Curve> marked = curves.stream()
                .map(c -> c.points().isEmpty() || c.last() > Chance.LEFT * chance ? c : c.belowScale())
                .toList();
        return figure(name, title, marked, new NumberAxis("validation accuracy, %"));
    }

    /** A positive quantity of each weight layer, from the first to the last. */
    static Figure byLayer(String name, String title, String quantity, List<Curve> curves) {
        ValueAxis values = lowest(curves) > 0 ? new LossAxis(quantity + " (log scale)") : new NumberAxis(quantity);
        NumberAxis layers = new NumberAxis("weight layer");
        layers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return figure(name, title, curves, values, layers);
    }

    /** Test accuracy by peak learning rate. */
    static Figure byRate(String name, String title, List<Curve> curves) {
        return figure(name, title, curves, new NumberAxis("test accuracy, %"), new LossAxis("peak learning rate"));
    }

    /** The share of runs by the accuracy that they reach. */
    static Figure profile(String name, String title, List<Curve> curves) {
        return figure(name, title, curves, new NumberAxis("runs above, %"), new NumberAxis("test accuracy, %"));
    }

    private static Figure figure(String name, String title, List<Curve> all, ValueAxis axis) {
        return figure(name, title, all, axis, epochs());
    }

    private static Figure figure(String name, String title, List<Curve> all, ValueAxis axis, ValueAxis domain) {
        CurveFigure figure = of(title, all, axis, domain);
        return Drawing.figure(
                name, title, description(title, axis.getLabel(), domain.getLabel(), figure.curves), SIZE, figure::draw);
    }

    /** The curves that have points, with the axis fitted to them. */
    static CurveFigure of(String title, List<Curve> all, ValueAxis axis) {
        return of(title, all, axis, epochs());
    }

    private static CurveFigure of(String title, List<Curve> all, ValueAxis axis, ValueAxis domain) {
        List<Curve> curves = all.stream().filter(c -> !c.points().isEmpty()).toList();
        List<Curve> inside = curves.stream().filter(c -> !c.offScale()).toList();
        double low = lowest(inside.isEmpty() ? curves : inside);
        double high = highest(inside.isEmpty() ? curves : inside);
        if (axis instanceof LossAxis) {
            axis.setRange(low / 1.08, high * 1.08);
        } else {
            double margin = Math.max(high - low, 1e-3) * 0.05;
            axis.setRange(low - margin, high + margin);
        }
        fit(domain, curves);
        return new CurveFigure(title, curves, axis, domain);
    }

    void draw(Graphics2D g2) {
        XYPlot plot = new XYPlot(data(), domain, values, renderer());
        plot.setInsets(new RectangleInsets(0, 4, 4, EndLabels.WIDTH));
        plot.setDomainGridlinesVisible(false);
        JFreeChart chart = Drawing.chart(title, plot);
        ChartRenderingInfo info = new ChartRenderingInfo();
        chart.draw(g2, Drawing.area(SIZE), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        List<EndLabels.Label> labels = curves.stream()
                .map(c -> new EndLabels.Label(
                        c.title(), c.style(), values.valueToJava2D(c.last(), area, RectangleEdge.LEFT)))
                .toList();
        EndLabels.draw(g2, labels, area.getMaxX(), area.getMinY() + 4, area.getMaxY() - 2);
    }

    private XYIntervalSeriesCollection data() {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        for (Curve curve : curves) {
            XYIntervalSeries series = new XYIntervalSeries(curve.arm());
            curve.points()
                    .forEach((epoch, s) -> series.add(
                            epoch, epoch, epoch, s.mean(), Math.max(low(s), values.getLowerBound()), high(s)));
            data.addSeries(series);
        }
        return data;
    }

    private DeviationRenderer renderer() {
        DeviationRenderer renderer = new DeviationRenderer(true, true);
        renderer.setAlpha(0.18f);
        for (int i = 0; i < curves.size(); i++) {
            Style style = curves.get(i).style();
            renderer.setSeriesPaint(i, style.color());
            renderer.setSeriesFillPaint(i, style.color());
            renderer.setSeriesStroke(i, style.stroke());
            renderer.setSeriesShape(i, style.marker());
            renderer.setSeriesShapesVisible(i, curves.get(i).points().size() <= 20);
        }
        return renderer;
    }

    private static NumberAxis epochs() {
        NumberAxis axis = new NumberAxis("epoch");
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return axis;
    }

    private static void fit(ValueAxis domain, List<Curve> curves) {
        double first =
                curves.stream().mapToDouble(c -> c.points().firstKey()).min().orElse(1);
        double last =
                curves.stream().mapToDouble(c -> c.points().lastKey()).max().orElse(1);
        if (domain instanceof LossAxis) {
            domain.setRange(first / 1.15, last * 1.15);
        } else {
            double margin = Math.max(0.03 * (last - first), 0.02);
            domain.setRange(first - margin, last + margin);
        }
    }

    private static double lowest(List<Curve> curves) {
        return curves.stream()
                .flatMap(c -> c.points().values().stream())
                .mapToDouble(CurveFigure::low)
                .min()
                .orElse(0);
    }

    private static double highest(List<Curve> curves) {
        return curves.stream()
                .flatMap(c -> c.points().values().stream())
                .mapToDouble(CurveFigure::high)
                .max()
                .orElse(1);
    }

    private static double low(Sample sample) {
        return sample.mean() - sample.sd().orElse(0);
    }

    private static double high(Sample sample) {
        return sample.mean() + sample.sd().orElse(0);
    }

    /** The figure in words, for readers who cannot see it. */
    private static String description(String title, String quantity, String by, List<Curve> curves) {
        if (curves.isEmpty()) {
            return title + ". No trial has values to show.";
        }
        String ends = curves.stream()
                .map(c -> "%s %s".formatted(c.title(), Numbers.fixed(c.last(), 2)))
                .collect(Collectors.joining(", "));
        return "%s. Lines show the mean of %s by %s over seeds, bands one standard deviation. At the right end: %s."
                .formatted(title, quantity, by, ends);
    }
}
