package normlab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.report.campaign.CampaignResults;
import normlab.report.figure.TimelineRow.Kind;
import normlab.report.figure.TimelineRow.Piece;
import normlab.report.format.Numbers;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/** When each trial of a campaign waited, trained and was evaluated, and when attempts failed: one row per trial. */
final class TimelineFigure {
    private static final int WIDTH = 600;
    private static final int MARGINS = 86;
    private static final int TALLEST = 700;
    private static final Color QUEUED = new Color(127, 127, 127);
    private static final Color TRAINING = new Color(0, 114, 178);
    private static final Color EVALUATION = new Color(230, 159, 0);
    private static final Color FAILED = new Color(213, 94, 0);
    private static final String TITLE =
            "Trials: waiting (line), training (wide bar), evaluation (narrow bar), failure (×)";

    private final List<TimelineRow> rows;
    private final Instant start;
    private final NumberAxis axis = new NumberAxis("minutes since the start");
    private final double row;

    private TimelineFigure(CampaignResults campaign, List<TimelineRow> rows) {
        this.rows = rows;
        this.start = campaign.startedAt();
        this.row = Math.min(8, (double) TALLEST / rows.size());
        axis.setRange(0, Math.max(last(), 0.1) * 1.02);
    }

    /** Empty if nothing was trained in this campaign. */
    static Optional<Figure> of(CampaignResults campaign) {
        List<TimelineRow> rows = TimelineRow.of(campaign);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        TimelineFigure figure = new TimelineFigure(campaign, rows);
        return Optional.of(Drawing.figure("timeline", TITLE, figure.description(), figure.size(), figure::draw));
    }

    private Dimension size() {
        return new Dimension(WIDTH, (int) Math.ceil(rows.size() * row) + MARGINS);
    }

    private String description() {
        long failed = pieces().filter(piece -> piece.kind() == Kind.FAILED).count();
        return "%s. %s, the last ended %s minutes after the start; %s failed."
                .formatted(
                        TITLE,
                        Numbers.count(rows.size(), "trial"),
                        Numbers.fixed(last(), 1),
                        Numbers.count(failed, "attempt"));
    }

    private Stream<Piece> pieces() {
        return rows.stream().flatMap(r -> r.pieces().stream());
    }

    private double last() {
        return pieces().mapToDouble(piece -> minutes(piece.to())).max().orElse(1);
    }

    private void draw(Graphics2D g2) {
        NumberAxis hidden = new NumberAxis();
        hidden.setVisible(false);
        XYPlot plot = new XYPlot(new XYSeriesCollection(), axis, hidden, new XYLineAndShapeRenderer());
        plot.setRangeGridlinesVisible(false);
        plot.setInsets(new RectangleInsets(0, 14, 4, 14));
        ChartRenderingInfo info = new ChartRenderingInfo();
        Drawing.chart(TITLE, plot).draw(g2, Drawing.area(size()), info);
        Rectangle2D area = info.getPlotInfo().getDataArea();
        double step = area.getHeight() / rows.size();
        for (int i = 0; i < rows.size(); i++) {
            double y = area.getMinY() + (i + 0.5) * step;
            rows.get(i).pieces().forEach(piece -> draw(g2, area, y, step, piece));
        }
    }

    private void draw(Graphics2D g2, Rectangle2D area, double y, double step, Piece piece) {
        switch (piece.kind()) {
            case QUEUED -> line(g2, area, y, piece, QUEUED, (float) Math.min(1, 0.2 * step));
            case TRAINING -> line(g2, area, y, piece, TRAINING, (float) Math.max(1, 0.7 * step));
            case EVALUATION -> line(g2, area, y, piece, EVALUATION, (float) Math.max(0.7, 0.3 * step));
            case FAILED -> {
                line(g2, area, y, piece, FAILED, (float) Math.max(0.7, 0.3 * step));
                cross(g2, x(piece.to(), area), y, Math.max(3, 0.45 * step));
            }
        }
    }

    private void line(Graphics2D g2, Rectangle2D area, double y, Piece piece, Color color, float width) {
        double from = x(piece.from(), area);
        g2.setPaint(color);
        g2.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g2.draw(new Line2D.Double(from, y, Math.max(x(piece.to(), area), from + 0.5), y));
    }

    private static void cross(Graphics2D g2, double x, double y, double arm) {
        g2.setPaint(Style.INK);
        g2.setStroke(new BasicStroke(1.5f));
        g2.draw(new Line2D.Double(x - arm, y - arm, x + arm, y + arm));
        g2.draw(new Line2D.Double(x - arm, y + arm, x + arm, y - arm));
    }

    private double x(Instant at, Rectangle2D area) {
        return axis.valueToJava2D(minutes(at), area, RectangleEdge.BOTTOM);
    }

    private double minutes(Instant at) {
        return Duration.between(start, at).toMillis() / 60_000.0;
    }
}
