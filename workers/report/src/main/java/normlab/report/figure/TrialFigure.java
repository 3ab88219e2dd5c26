package normlab.report.figure;

import java.awt.Dimension;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import normlab.report.stats.Sample;
import normlab.trial.JournalRow;
import org.jfree.chart.axis.NumberAxis;

/** One trial's training by epoch: losses on the left, accuracies on the right. */
public final class TrialFigure {
    private TrialFigure() {}

    /** Whether figures can be drawn here: Java cannot draw text without fonts. */
    public static boolean possible() {
        return Drawing.problem().isEmpty();
    }

    /** @param journal at least one row */
    public static byte[] png(String title, List<JournalRow> journal) {
        CurveFigure losses = CurveFigure.of(
                title + ": loss",
                List.of(
                        curve("training", 3, journal, JournalRow::trainLoss),
                        curve("validation", 1, journal, JournalRow::validationLoss),
                        curve("precise", 2, journal, r -> r.preciseLoss().orElse(Double.NaN))),
                new NumberAxis("cross-entropy, nats"));
        CurveFigure accuracies = CurveFigure.of(
                title + ": accuracy",
                List.of(
                        curve("training", 3, journal, r -> 100 * r.trainAccuracy()),
                        curve("validation", 1, journal, r -> 100 * r.validationAccuracy()),
                        curve(
                                "precise",
                                2,
                                journal,
                                r -> 100 * r.preciseAccuracy().orElse(Double.NaN))),
                new NumberAxis("accuracy, %"));
        Dimension one = CurveFigure.SIZE;
        return Drawing.png(new Dimension(2 * one.width, one.height), graphics -> {
            losses.draw(graphics);
            graphics.translate(one.width, 0);
            accuracies.draw(graphics);
        });
    }

    private static Curve curve(String name, int style, List<JournalRow> journal, ToDoubleFunction<JournalRow> value) {
        TreeMap<Double, Sample> points = new TreeMap<>();
        for (JournalRow row : journal) {
            double found = value.applyAsDouble(row);
            if (Double.isFinite(found)) {
                points.put((double) row.epoch(), Sample.of(List.of(found)));
            }
        }
        return new Curve(name, name, Style.of(style), points, false);
    }
}
