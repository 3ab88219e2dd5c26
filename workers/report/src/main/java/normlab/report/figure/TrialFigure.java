package normlab.report.figure;

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
        Panel losses = Panel.byEpoch(
                title + ": loss",
                List.of(
                        curve("training", Style.training(), journal, JournalRow::trainLoss),
                        curve("validation", Style.validation(), journal, JournalRow::validationLoss),
                        curve(
                                "precise",
                                Style.validation().dotted(),
                                journal,
                                r -> r.preciseLoss().orElse(Double.NaN))),
                new NumberAxis("cross-entropy, nats"));
        Panel accuracies = Panel.byEpoch(
                title + ": accuracy",
                List.of(
                        curve("training", Style.training(), journal, r -> 100 * r.trainAccuracy()),
                        curve("validation", Style.validation(), journal, r -> 100 * r.validationAccuracy()),
                        curve(
                                "precise",
                                Style.validation().dotted(),
                                journal,
                                r -> 100 * r.preciseAccuracy().orElse(Double.NaN))),
                new NumberAxis("accuracy, %"));
        PanelFigure figure = new PanelFigure(List.of(losses, accuracies));
        return Drawing.png(figure.size(), figure::draw);
    }

    private static Curve curve(String name, Style style, List<JournalRow> journal, ToDoubleFunction<JournalRow> value) {
        TreeMap<Double, Sample> points = new TreeMap<>();
        for (JournalRow row : journal) {
            double found = value.applyAsDouble(row);
            if (Double.isFinite(found)) {
                points.put((double) row.epoch(), Sample.of(List.of(found)));
            }
        }
        return new Curve(name, style, points, false);
    }
}
