package normlab.report.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.Collectors;
import normlab.report.analysis.Chance;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Lines of means with a band of one standard deviation over seeds, one line per arm.
 *
 * @param curves those that have points
 */
record Panel(String title, List<Curve> curves, ValueAxis values, ValueAxis domain) {
    private static final double SMALLEST = 1e-4;
    /** A loss that falls by less than this factor is easier to read on a linear scale. */
    private static final double WORTH_LOG = 2;

    /** The curves that have points, with both axes fitted to them. */
    static Panel of(String title, List<Curve> all, ValueAxis values, ValueAxis domain) {
        List<Curve> curves = all.stream().filter(c -> !c.points().isEmpty()).toList();
        List<Curve> inside = curves.stream().filter(c -> !c.offScale()).toList();
        double low = lowest(inside.isEmpty() ? curves : inside);
        double high = highest(inside.isEmpty() ? curves : inside);
        if (values instanceof LossAxis) {
            // A share of the axis, so that marks at its ends are not cut.
            double margin = Math.max(1.08, Math.pow(high / low, 0.05));
            values.setRange(low / margin, high * margin);
        } else {
            double margin = Math.max(high - low, 1e-3) * 0.05;
            values.setRange(low - margin, high + margin);
        }
        fit(domain, curves);
        return new Panel(title, curves, values, domain);
    }

    static Panel byEpoch(String title, List<Curve> all, ValueAxis values) {
        NumberAxis epochs = new NumberAxis("epoch");
        epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        return of(title, all, values, epochs);
    }

    static Panel loss(String title, List<Curve> curves) {
        double lowest = lowest(curves);
        boolean log = lowest > SMALLEST && highest(curves) / lowest > WORTH_LOG;
        return byEpoch(
                title, curves, log ? new LossAxis("training loss (log scale)") : new NumberAxis("training loss"));
    }

    /** A quantity that may span several powers of ten; on a linear scale if an estimate of it is 0 or less. */
    static Panel positive(String title, String quantity, List<Curve> curves) {
        boolean log = lowest(curves) > 0;
        return byEpoch(title, curves, log ? new LossAxis(quantity + " (log scale)") : new NumberAxis(quantity));
    }

    /** A positive quantity of each weight layer, from the first to the last. */
    static Panel byLayer(String title, String quantity, List<Curve> curves) {
        NumberAxis layers = new NumberAxis("weight layer");
        layers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        ValueAxis values = lowest(curves) > 0 ? new LossAxis(quantity + " (log scale)") : new NumberAxis(quantity);
        return of(title, curves, values, layers);
    }

    /** @param chance in percent; an arm that never left it does not stretch the axis */
    static Panel accuracy(String title, List<Curve> curves, double chance) {
        List<Curve> marked = curves.stream()
                .map(c -> c.points().isEmpty() || c.last() > Chance.LEFT * chance ? c : c.belowScale())
                .toList();
        return byEpoch(title, marked, new NumberAxis("validation accuracy, %"));
    }

    void draw(Graphics2D g2, Rectangle2D place) {
        XYPlot plot = new XYPlot(data(), domain, values, renderer());
        plot.setInsets(new RectangleInsets(0, 4, 4, 8));
        plot.setDomainGridlinesVisible(false);
        Drawing.chart(title, plot).draw(g2, place);
        double y = place.getMaxY() - 52;
        for (Curve curve : curves) {
            if (curve.offScale()) {
                String text = "↓ %s %s".formatted(curve.title(), Numbers.fixed(curve.last(), 1));
                WrappedText wrapped = WrappedText.of(text, (int) place.getWidth() - 90);
                wrapped.draw(g2, place.getMinX() + 72, y - wrapped.height() + WrappedText.LINE);
                y -= wrapped.height();
            }
        }
    }

    private XYIntervalSeriesCollection data() {
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        for (int i = 0; i < curves.size(); i++) {
            XYIntervalSeries series = new XYIntervalSeries(i);
            curves.get(i)
                    .points()
                    .forEach(
                            (x, s) -> series.add(x, x, x, s.mean(), Math.max(low(s), values.getLowerBound()), high(s)));
            data.addSeries(series);
        }
        return data;
    }

    private DeviationRenderer renderer() {
        DeviationRenderer renderer = new SparseMarks(curves);
        renderer.setAlpha(0.18f);
        for (int i = 0; i < curves.size(); i++) {
            Style style = curves.get(i).style();
            renderer.setSeriesPaint(i, style.color());
            renderer.setSeriesFillPaint(i, style.color());
            renderer.setSeriesStroke(i, style.stroke());
            renderer.setSeriesShape(i, style.marker());
        }
        return renderer;
    }

    /** Marks tell apart arms of one colour; of a long curve, every tenth part has one. */
    private static final class SparseMarks extends DeviationRenderer {
        private static final long serialVersionUID = 1;

        private static final int MANY = 20;

        private final int[] sizes;

        SparseMarks(List<Curve> curves) {
            super(true, true);
            sizes = curves.stream().mapToInt(c -> c.points().size()).toArray();
        }

        @Override
        public boolean getItemShapeVisible(int series, int item) {
            int step = sizes[series] <= MANY ? 1 : sizes[series] / 10;
            return (item + 3 * series) % step == 0;
        }
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
                .mapToDouble(Panel::lowShown)
                .min()
                .orElse(0);
    }

    private static double highest(List<Curve> curves) {
        return curves.stream()
                .flatMap(c -> c.points().values().stream())
                .mapToDouble(Panel::high)
                .max()
                .orElse(1);
    }

    private static double low(Sample sample) {
        return sample.mean() - sample.sd().orElse(0);
    }

    /** Half the mean, where the band around a positive one reaches to 0 or below, which no logarithmic axis can show. */
    private static double lowShown(Sample sample) {
        return sample.mean() > 0 && low(sample) <= 0 ? sample.mean() / 2 : low(sample);
    }

    private static double high(Sample sample) {
        return sample.mean() + sample.sd().orElse(0);
    }

    /** The panel in words, for readers who cannot see it. */
    String description() {
        return "%s: %s."
                .formatted(
                        title,
                        curves.isEmpty()
                                ? "no trial has values to show"
                                : curves.stream()
                                        .map(c -> "%s%s %s"
                                                .formatted(
                                                        c.offScale() ? "↓ " : "",
                                                        c.title(),
                                                        Numbers.fixed(c.last(), 2)))
                                        .collect(Collectors.joining(", ")));
    }
}
