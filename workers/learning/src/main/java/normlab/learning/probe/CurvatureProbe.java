package normlab.learning.probe;

import java.util.List;
import normlab.experiment.Probes;
import normlab.learning.random.RandomStream;
import normlab.trial.ProbeRow.Eigenvalue;

/**
 * The eigenvalue of the Hessian that is largest in magnitude. Products with the Hessian are differences of gradients,
 * Hv ≈ [g(w + εv) − g(w − εv)]/2ε. Power iteration comes first; if it does not converge, because two eigenvalues are close
 * or of opposite sign, Lanczos continues from its vector.
 */
final class CurvatureProbe {
    private static final double SMALLER_STEP = 0.25;

    private final LossSurface surface;
    private final Probes.Curvature settings;
    private final int batches;
    private final double step;
    private int products;

    private CurvatureProbe(LossSurface surface, Probes.Curvature settings, int batches) {
        this.surface = surface;
        this.settings = settings;
        this.batches = batches;
        this.step = settings.relativeStep() * surface.norm();
    }

    /**
     * At the origin, over the first {@code batches} batches.
     *
     * @param random for the first direction
     */
    static Eigenvalue measure(LossSurface surface, Probes.Curvature settings, int batches, RandomStream random) {
        CurvatureProbe probe = new CurvatureProbe(surface, settings, batches);
        return probe.largest(Vectors.direction(random, surface.dimension()));
    }

    /** @param residual ‖Hv − λv‖/|λ| */
    private record Pair(double value, double[] vector, double residual) {}

    private Eigenvalue largest(double[] start) {
        Pair pair = power(start);
        String method = "power";
        if (!(pair.residual() <= settings.tolerance()) && Double.isFinite(pair.value())) {
            pair = lanczos(pair.vector());
            method = "lanczos";
        }
        double smaller = Vectors.dot(pair.vector(), product(pair.vector(), SMALLER_STEP * step));
        boolean agrees = Math.abs(smaller - pair.value()) <= settings.tolerance() * Math.abs(pair.value());
        return new Eigenvalue(
                pair.value(),
                method,
                products,
                pair.residual(),
                smaller,
                pair.residual() <= settings.tolerance() && agrees);
    }

    private Pair power(double[] start) {
        double[] v = start;
        Pair pair = new Pair(Double.NaN, v, Double.NaN);
        for (int i = 0; i < settings.iterations(); i++) {
            double[] product = product(v, step);
            double value = Vectors.dot(v, product);
            double[] rest = product.clone();
            Vectors.add(rest, -value, v);
            pair = new Pair(value, v, Vectors.norm(rest) / Math.abs(value));
            double norm = Vectors.norm(product);
            if (pair.residual() <= settings.tolerance() || norm == 0 || !Double.isFinite(norm)) {
                return pair;
            }
            v = Vectors.times(1 / norm, product);
        }
        return pair;
    }

    private Pair lanczos(double[] start) {
        Lanczos lanczos = new Lanczos(v -> product(v, step), start);
        Lanczos.Ritz ritz = lanczos.largest();
        while (ritz.residual() > settings.tolerance() && lanczos.steps() < settings.iterations() && lanczos.step()) {
            ritz = lanczos.largest();
        }
        return new Pair(ritz.value(), lanczos.vector(ritz), ritz.residual());
    }

    private double[] product(double[] v, double epsilon) {
        products++;
        double[] product = surface.mean(Vectors.times(epsilon, v), batches).gradient();
        Vectors.add(
                product, -1, surface.mean(Vectors.times(-epsilon, v), batches).gradient());
        return Vectors.times(1 / (2 * epsilon), product);
    }

    /** The blocks whose curvature is measured one by one: the weight arrays. */
    static List<LossSurface.Block> layers(LossSurface surface) {
        return surface.blocks().stream().filter(b -> b.weight() && b.norm() > 0).toList();
    }
}
