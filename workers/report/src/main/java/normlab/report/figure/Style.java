package normlab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import normlab.experiment.Arm;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Normalization;

/**
 * How a series looks: colour, dash and marker together, so that no reader depends on colour. An arm looks the same in every
 * figure and campaign.
 */
record Style(Color color, Stroke stroke, Shape marker) {
    static final Color INK = new Color(34, 34, 34);
    static final Color GRID = new Color(217, 217, 217);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);

    private static final float[] DOTTED = {2, 3};
    private static final float[] DASHED = {7, 3};

    /** Colour by method; dash by the place of the head's normaliser, marker by what it is. */
    static Style of(Arm arm) {
        Color color = new Color(Palette.rgb(arm));
        if (arm.normalization() instanceof Normalization.None) {
            return new Style(color, line(DOTTED), cross());
        }
        return switch (arm.head()) {
            case OFF -> new Style(color, line(), circle());
            case PRE_GAP -> new Style(color, line(), triangle());
            case POST_GAP ->
                new Style(color, line(DASHED), head(arm.resolvedHead().orElseThrow()));
        };
    }

    private static Shape head(HeadNormaliser head) {
        if (head.perFanIn().isPresent()) {
            return polygon(-4, -3, 4, -3, 0, 4);
        }
        return switch (head.kind()) {
            case STANDARDISE -> head.c() < 1 ? square() : polygon(0, -5, 5, 0, 0, 5, -5, 0);
            case BOUNDED -> polygon(-2, -4, 2, -4, 4, 0, 2, 4, -2, 4, -4, 0);
            case ROOT_MEAN_SQUARE -> polygon(-4, -2, 4, -2, 4, 2, -4, 2);
            case WHITEN -> polygon(-2, -4, 2, -4, 2, 4, -2, 4);
        };
    }

    /** The same arm under its second evaluation. */
    Style dotted() {
        return new Style(color, line(DOTTED), marker);
    }

    /** Series that are not arms. */
    static Style training() {
        return new Style(new Color(213, 94, 0), line(), triangle());
    }

    static Style validation() {
        return new Style(new Color(0, 114, 178), line(DASHED), circle());
    }

    private static Stroke line(float... dash) {
        return dash.length == 0
                ? new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    private static Shape circle() {
        return new Ellipse2D.Double(-3.5, -3.5, 7, 7);
    }

    private static Shape square() {
        return new Rectangle2D.Double(-3, -3, 6, 6);
    }

    private static Shape triangle() {
        return polygon(0, -4, 4, 3, -4, 3);
    }

    private static Shape cross() {
        return polygon(-4, -2, -2, -4, 0, -2, 2, -4, 4, -2, 2, 0, 4, 2, 2, 4, 0, 2, -2, 4, -4, 2, -2, 0);
    }

    /** @param xy coordinates of the corners, alternating x and y */
    static Shape polygon(double... xy) {
        Path2D path = new Path2D.Double();
        path.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            path.lineTo(xy[i], xy[i + 1]);
        }
        path.closePath();
        return path;
    }
}
