package normlab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Chance;
import normlab.report.analysis.Measure;
import normlab.report.stats.PerformanceProfile;
import normlab.report.stats.Sample;
import org.jfree.chart.axis.NumberAxis;

/** The share of runs over all activations that exceed an accuracy, one line per arm. */
final class ProfileFigure {
    private static final int LEVELS = 41;

    private ProfileFigure() {}

    static Figure of(Analysis analysis, String prefix, String suffix) {
        double left = Chance.LEFT * Chance.percent(analysis.campaign());
        List<Double> scores = analysis.arms().stream()
                .flatMap(arm -> scores(analysis, arm).stream())
                .toList();
        List<Double> learnt = scores.stream().filter(s -> s > left).toList();
        List<Double> all = learnt.isEmpty() ? scores : learnt;
        List<Curve> curves = new ArrayList<>();
        for (String arm : analysis.arms()) {
            List<Double> own = scores(analysis, arm);
            TreeMap<Double, Sample> points = new TreeMap<>();
            if (!own.isEmpty()) {
                List<Double> levels = PerformanceProfile.levels(all, LEVELS);
                List<Double> shares = PerformanceProfile.of(own, levels);
                for (int j = 0; j < levels.size(); j++) {
                    points.put(levels.get(j), Sample.of(List.of(100 * shares.get(j))));
                }
            }
            curves.add(new Curve(analysis.title(arm), Style.of(analysis.arm(arm)), points, false));
        }
        String title = "Share of runs above an accuracy";
        Panel panel = Panel.of(title, curves, new NumberAxis("runs above, %"), new NumberAxis("test accuracy, %"));
        return PanelFigure.figure(
                prefix + "performance-profile", title + suffix, "the share of runs by accuracy", List.of(panel));
    }

    private static List<Double> scores(Analysis analysis, String arm) {
        return analysis.activations().stream()
                .flatMap(a -> analysis.cell(a, arm).values(Measure.ACCURACY).values().stream())
                .toList();
    }
}
