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
import normlab.report.figure.Lane.Kind;
import normlab.report.figure.Lane.Piece;
import normlab.report.format.Numbers;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeriesCollection;

/** What each process of a campaign did and when, and when attempts failed: a lane a slot. */
final class TimelineFigure {
    private static final int PLOT = 560;
    private static final int MARGINS = 86;
    private static final int LANE = 26;
    private static final int MOST_LEFT = 200;
    private static final Color TRAINING = new Color(0, 114, 178);
    private static final Color EVALUATION = new Color(230, 159, 0);
    private static final Color FAILED = new Color(213, 94, 0);
    private static final String TITLE =
            "Processes: training (wide bar), evaluation (narrow bar), failure (×); gaps are waiting";

    private final List<Lane> lanes;
    private final List<WrappedText> names;
    private final int left;
    private final long trials;
    private final Instant start;
    private final NumberAxis axis = new NumberAxis("minutes since the start");

    private TimelineFigure(CampaignResults campaign, List<Lane> lanes) {
        this.lanes = lanes;
        this.names =
                lanes.stream().map(l -> WrappedText.of(l.name(), MOST_LEFT)).toList();
        this.left = 24 + names.stream().mapToInt(WrappedText::width).max().orElse(0);
        this.trials =
                campaign.trials().stream().filter(t -> !t.planned().cached()).count();
        this.start = campaign.startedAt();
        axis.setRange(0, Math.max(last(), 0.1) * 1.02);
    }

    /** Empty if nothing was trained in this campaign. */
    static Optional<Figure> of(CampaignResults campaign) {
        List<Lane> lanes = Lane.of(campaign);
        if (lanes.isEmpty()) {
            return Optional.empty();
        }
        TimelineFigure figure = new TimelineFigure(campaign, lanes);
        return Optional.of(Drawing.figure("timeline", TITLE, figure.description(), figure.size(), figure::draw));
    }

    private Dimension size() {
        return new Dimension(
                left + PLOT, names.stream().mapToInt(TimelineFigure::height).sum() + MARGINS);
    }

    private static int height(WrappedText name) {
        return Math.max(LANE, name.height() + 4);
    }

    private String description() {
        long failed = pieces().filter(piece -> piece.kind() == Kind.FAILED).count();
        return "%s. %s in %s, the last ended %s minutes after the start; %s failed."
                .formatted(
                        TITLE,
                        Numbers.count(trials, "trial"),
                        Numbers.count(lanes.size(), "lane"),
                        Numbers.fixed(last(), 1),
                        Numbers.count(failed, "attempt"));
    }

    private Stream<Piece> pieces() {
        return lanes.stream().flatMap(l -> l.pieces().stream());
    }

    private double last() {
        return pieces().mapToDouble(piece -> minutes(piece.to())).max().orElse(1);
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
        double y = area.getMinY();
        for (int i = 0; i < lanes.size(); i++) {
            double middle = y + LANE / 2.0;
            names.get(i).draw(g2, 8, middle);
            lanes.get(i).pieces().forEach(piece -> draw(g2, area, middle, piece));
            y += height(names.get(i));
        }
    }

    private void draw(Graphics2D g2, Rectangle2D area, double y, Piece piece) {
        switch (piece.kind()) {
            case TRAINING -> line(g2, area, y, piece, TRAINING, 16);
            case EVALUATION -> line(g2, area, y, piece, EVALUATION, 7);
            case FAILED -> {
                line(g2, area, y, piece, FAILED, 7);
                cross(g2, x(piece.to(), area), y);
            }
        }
    }

    /** A hair shorter than the piece, so that two trials in a row stay two bars. */
    private void line(Graphics2D g2, Rectangle2D area, double y, Piece piece, Color color, float width) {
        double from = x(piece.from(), area);
        g2.setPaint(color);
        g2.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g2.draw(new Line2D.Double(from, y, Math.max(x(piece.to(), area) - 0.6, from + 0.5), y));
    }

    private static void cross(Graphics2D g2, double x, double y) {
        g2.setPaint(Style.INK);
        g2.setStroke(new BasicStroke(1.5f));
        g2.draw(new Line2D.Double(x - 4, y - 4, x + 4, y + 4));
        g2.draw(new Line2D.Double(x - 4, y + 4, x + 4, y - 4));
    }

    private double x(Instant at, Rectangle2D area) {
        return axis.valueToJava2D(minutes(at), area, RectangleEdge.BOTTOM);
    }

    private double minutes(Instant at) {
        return Duration.between(start, at).toMillis() / 60_000.0;
    }
}
