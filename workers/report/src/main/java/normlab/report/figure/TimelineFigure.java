package normlab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;
import normlab.trial.TrialResult;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/** When each trial of a campaign was trained, and how long until it was evaluated: one thin row a trial. */
final class TimelineFigure {
    private static final int WIDTH = 600;
    private static final int MARGINS = 86;
    private static final int TALLEST = 700;
    private static final Color TRAINING = new Color(0, 114, 178);
    private static final Color EVALUATION = new Color(230, 159, 0);
    private static final String TITLE = "When trials were trained (wide) and evaluated (narrow)";

    private final List<TrialResult> results;
    private final Instant start;
    private final NumberAxis axis = new NumberAxis("minutes since the start");
    private final double row;

    private TimelineFigure(CampaignResults campaign, List<TrialResult> results) {
        this.results = results;
        this.start = campaign.startedAt();
        this.row = Math.min(8, (double) TALLEST / results.size());
        double end = results.stream()
                .mapToDouble(r -> minutes(r.evaluatedAt()))
                .max()
                .orElse(1);
        axis.setRange(0, Math.max(end, 0.1) * 1.02);
    }

    /** Empty where nothing was trained in this campaign. */
    static Optional<Figure> of(CampaignResults campaign) {
        List<TrialResult> results = campaign.trials().stream()
                .filter(t -> !t.planned().cached())
                .map(TrialOutcome::result)
                .flatMap(Optional::stream)
                .filter(r -> !r.training().startedAt().isBefore(campaign.startedAt()))
                .sorted(Comparator.comparing(r -> r.training().startedAt()))
                .toList();
        if (results.isEmpty()) {
            return Optional.empty();
        }
        TimelineFigure figure = new TimelineFigure(campaign, results);
        return Optional.of(Drawing.figure("timeline", TITLE, figure.description(), figure.size(), figure::draw));
    }

    private Dimension size() {
        return new Dimension(WIDTH, (int) Math.ceil(results.size() * row) + MARGINS);
    }

    private String description() {
        double last = results.stream()
                .mapToDouble(r -> minutes(r.evaluatedAt()))
                .max()
                .orElse(0);
        return "%s. %s, the last evaluated %s minutes after the start."
                .formatted(TITLE, Numbers.count(results.size(), "trial"), Numbers.fixed(last, 1));
    }

    private void draw(Graphics2D g2) {
        NumberAxis rows = new NumberAxis();
        rows.setVisible(false);
        XYPlot plot = new XYPlot(new XYSeriesCollection(), axis, rows, new XYLineAndShapeRenderer());
        plot.setRangeGridlinesVisible(false);
        plot.setInsets(new RectangleInsets(0, 14, 4, 14));
        ChartRenderingInfo info = new ChartRenderingInfo();
        Drawing.chart(TITLE, plot).draw(g2, Drawing.area(size()), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        double step = area.getHeight() / results.size();
        for (int i = 0; i < results.size(); i++) {
            TrialResult result = results.get(i);
            double y = area.getMinY() + (i + 0.5) * step;
            Instant trained = result.training().endedAt();
            line(g2, area, y, result.training().startedAt(), trained, TRAINING, (float) Math.max(1, 0.7 * step));
            line(g2, area, y, trained, result.evaluatedAt(), EVALUATION, (float) Math.max(0.7, 0.3 * step));
        }
    }

    private void line(Graphics2D g2, Rectangle2D area, double y, Instant from, Instant to, Color color, float width) {
        g2.setPaint(color);
        g2.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g2.draw(new Line2D.Double(x(from, area), y, Math.max(x(to, area), x(from, area) + 0.5), y));
    }

    private double x(Instant at, Rectangle2D area) {
        return axis.valueToJava2D(minutes(at), area, RectangleEdge.BOTTOM);
    }

    private double minutes(Instant at) {
        return Duration.between(start, at).toMillis() / 60_000.0;
    }
}
