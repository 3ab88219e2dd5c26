package normlab.report.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic axis with labels at 1, 2 and 5 times powers of ten, as losses span about one decade. */
final class LossAxis extends LogAxis {
    private static final long serialVersionUID = 1;
    private static final int[] FEW = {1, 2, 5};
    private static final int[] MANY = {1, 2, 3, 4, 5, 6, 8};
    private static final int[] ONE = {1};
    /** Decades. */
    private static final double NARROW = 0.7;

    private static final double WIDE = 4;
    private static final double MOST = 8;
    private static final int LONGEST = 5;

    LossAxis(String label) {
        super(label);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g2, AxisState state, Rectangle2D area, RectangleEdge edge) {
        double decades = Math.log10(getUpperBound() / getLowerBound());
        int[] steps = decades < NARROW ? MANY : decades < WIDE ? FEW : ONE;
        int stride = Math.max(1, (int) Math.ceil(decades / MOST));
        List<NumberTick> ticks = new ArrayList<>();
        int first = (int) Math.floor(Math.log10(getLowerBound()));
        int last = (int) Math.ceil(Math.log10(getUpperBound()));
        for (int power = first; power <= last; power += stride) {
            for (int step : steps) {
                BigDecimal value = BigDecimal.valueOf(step).scaleByPowerOfTen(power);
                if (getRange().contains(value.doubleValue())) {
                    TextAnchor anchor =
                            RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
                    ticks.add(new NumberTick(value, label(value), anchor, anchor, 0));
                }
            }
        }
        return ticks;
    }

    /** A loss of 10³⁰ is not written with thirty zeros. */
    private static String label(BigDecimal value) {
        String plain = value.toPlainString();
        return plain.length() <= LONGEST ? plain : "1e%d".formatted(value.precision() - value.scale() - 1);
    }
}
