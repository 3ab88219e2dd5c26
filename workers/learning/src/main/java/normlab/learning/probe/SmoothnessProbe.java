package normlab.learning.probe;

import java.util.List;
import java.util.Optional;
import normlab.experiment.Probes;
import normlab.trial.ProbeRow.Smoothness;

/**
 * How far the gradient changes along itself: ‖g(w − ηg) − g(w)‖/(η‖g‖), a lower bound of its Lipschitz constant in one
 * direction. After Santurkar et al. 2018, "How Does Batch Normalization Help Optimization?", section 3.1.
 */
final class SmoothnessProbe {
    private final LossSurface surface;
    private final int batches;
    private final double[] gradient;
    private final double norm;

    private SmoothnessProbe(LossSurface surface, int batches, double[] gradient) {
        this.surface = surface;
        this.batches = batches;
        this.gradient = gradient;
        this.norm = Vectors.norm(gradient);
    }

    /** At the origin, over the first {@code batches} batches. */
    static Smoothness measure(LossSurface surface, Probes.Smoothness settings, int batches) {
        double[] gradient =
                surface.mean(new double[surface.dimension()], batches).gradient();
        SmoothnessProbe raw = new SmoothnessProbe(surface, batches, gradient);
        ScaledSurface scaled = ScaledSurface.scaleFree(surface);
        SmoothnessProbe scaleFree = new SmoothnessProbe(scaled, batches, scaled.gradient(gradient));
        List<Double> grid = settings.steps().stream().map(raw::along).toList();
        return new Smoothness(
                raw.norm,
                grid,
                grid.stream().mapToDouble(b -> b).max().orElseThrow(),
                raw.relative(settings.relativeStep()),
                scaleFree.relative(settings.relativeStep()),
                Optional.of(settings.steps().stream()
                        .mapToDouble(scaleFree::along)
                        .max()
                        .orElseThrow()));
    }

    private double relative(double step) {
        return along(step * surface.norm() / norm);
    }

    private double along(double step) {
        double[] moved = surface.mean(Vectors.times(-step, gradient), batches).gradient();
        return Vectors.norm(Vectors.minus(moved, gradient)) / (step * norm);
    }
}
