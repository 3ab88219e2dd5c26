package normlab.trial;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.json.Json;

/**
 * What the probes measured between two optimizer steps, at frozen weights, with batch statistics, on clean training
 * images. Everything but {@code at} and {@code seconds} is the same in every run of the same trial. One line of
 * {@code probes.jsonl}; at most one a step.
 *
 * <p>"Scale-free" quantities are those in coordinates where each filter has norm 1, each γ is 1, and all other parameters are
 * held fixed: there g is ‖w‖·g and H is ‖w‖·H·‖w‖. They do not change when a filter or γ is scaled and the function stays the
 * same, so they tell an effect of the method from an effect of its constant c. Rows of version 1 have them by weight array and
 * without γ.
 *
 * @param version of this format, 1 or 2
 * @param step optimizer steps taken so far
 * @param epoch the same in passes over the training images
 * @param at when it was measured; tracking servers get this time
 * @param occasions why it was measured at this step, at least one
 * @param learningRate of the next step; after the last step, of that one
 * @param batches of the recipe's size over which {@code trainingLoss} is taken
 * @param trainingLoss mean loss over the probe's batches, as trained (with batch statistics)
 * @param evaluationLoss the same batches with running statistics
 * @param layerCurvature by weight array
 * @param layers by weight array, {@code conv1.weight}
 * @param gradients how many gradients of one batch it took
 * @param seconds it took
 */
public record ProbeRow(
        int version,
        long step,
        double epoch,
        Instant at,
        List<Occasion> occasions,
        double learningRate,
        int batches,
        double trainingLoss,
        double evaluationLoss,
        Optional<GradientMoments> gradient,
        Optional<Smoothness> smoothness,
        Optional<Curvature> curvature,
        Map<String, Eigenvalue> layerCurvature,
        Map<String, LayerState> layers,
        Map<String, StatisticsDrift> runningStatistics,
        long gradients,
        double seconds) {
    public static final int VERSION = 2;

    public ProbeRow {
        check(version >= 1 && version <= VERSION, "version is %s, this build reads 1 to %s", version, VERSION);
        check(!occasions.isEmpty(), "occasions is empty, expected at least one");
        occasions = List.copyOf(occasions);
        layerCurvature = Map.copyOf(layerCurvature);
        layers = Map.copyOf(layers);
        runningStatistics = Map.copyOf(runningStatistics);
    }

    /** Why a probe took place. */
    public enum Kind {
        /** A fraction of the optimizer steps, the value. */
        @JsonProperty("fraction")
        FRACTION,
        /** The training loss first reached the level that is the value. */
        @JsonProperty("training-loss")
        TRAINING_LOSS,
        /** The learning rate falls at the next step to the share that is the value. */
        @JsonProperty("rate-drop")
        RATE_DROP
    }

    /** @param value see {@link Kind} */
    public record Occasion(Kind kind, double value) {}

    /** @param standardError by the jackknife */
    public record Estimate(double value, double standardError) {}

    /**
     * Of the gradient g of one batch; each unbiased, so that {@code squaredMean} may be negative.
     *
     * @param secondMoment E‖g‖²
     * @param variance tr Var g. With batch statistics it does not fall as 1/batch size
     * @param squaredMean ‖E g‖²
     */
    public record Moments(Estimate secondMoment, Estimate variance, Estimate squaredMean) {}

    /**
     * @param batches K, drawn without replacement
     * @param total over all learnable arrays
     * @param scaleFree Σ ‖w‖²·… over filters and γs
     * @param layers of each weight array, not scaled
     * @param norms ‖W‖ of each weight array
     */
    public record GradientMoments(
            int batches, Moments total, Moments scaleFree, Map<String, Moments> layers, Map<String, Double> norms) {
        public GradientMoments {
            layers = Map.copyOf(layers);
            norms = Map.copyOf(norms);
        }
    }

    /**
     * ‖g(w − ηg) − g(w)‖/(η‖g‖): a lower bound of the gradient's Lipschitz constant, in one direction.
     *
     * @param gradientNorm ‖g(w)‖ of the averaged gradient
     * @param grid for each η of the experiment's grid
     * @param largest of the grid
     * @param relative at the fixed relative step
     * @param scaleFree at the same relative step in scale-free coordinates
     * @param scaleFreeLargest of the same grid in scale-free coordinates; absent in rows of version 1
     */
    public record Smoothness(
            double gradientNorm,
            List<Double> grid,
            double largest,
            double relative,
            double scaleFree,
            Optional<Double> scaleFreeLargest) {
        public Smoothness {
            grid = List.copyOf(grid);
        }
    }

    /** λ of the whole Hessian, and of that in scale-free coordinates. */
    public record Curvature(Eigenvalue raw, Eigenvalue scaleFree) {}

    /**
     * The eigenvalue of largest magnitude, with its sign.
     *
     * @param method {@code power} or {@code lanczos}
     * @param iterations products with the Hessian that it took
     * @param residual ‖Hv − λv‖/|λ|
     * @param smallerStep λ with the same v at a quarter of the finite-difference step
     * @param converged whether the residual and the change at the smaller step are within the tolerance
     */
    public record Eigenvalue(
            double value, String method, int iterations, double residual, double smallerStep, boolean converged) {}

    /**
     * One weight layer: its input x as the weights see it, and its pre-activation z as φ sees it (after BN, where that
     * follows).
     *
     * @param norm ‖W‖
     * @param inputSecondMoment E[x²]
     * @param inputLargestEigenvalue λmax of E[x xᵀ] over the channels of one pixel; of a k×k window it is at most k² times as
     *     much. Absent in rows of version 1, and beyond 1,024 channels
     * @param inputMeanToVariance mean over channels of μ²/σ² of x
     * @param preActivationDeviation √ of the mean over channels of σ² of z
     * @param saturated share of z where |φ′| is less than a tenth of its largest value; NaN where no φ follows
     */
    public record LayerState(
            double norm,
            double inputSecondMoment,
            Optional<Double> inputLargestEigenvalue,
            double inputMeanToVariance,
            double preActivationDeviation,
            double saturated) {}

    /**
     * How far running statistics lag behind those of the frozen weights.
     *
     * @param mean mean over channels of (μ_running − μ)²/σ²
     * @param logVariance mean over channels of |ln σ²_running/σ²|
     */
    public record StatisticsDrift(double mean, double logVariance) {}

    /** {@link #numbers()} of the network as a whole: those of single layers left out. */
    public Map<String, Double> totals() {
        Map<String, Double> totals = numbers();
        totals.keySet()
                .removeIf(n ->
                        n.matches("(gradient\\.layers|gradient\\.norms|layerCurvature|layers|runningStatistics)\\..*"));
        return totals;
    }

    /**
     * Every measured number under a name such as {@code gradient.total.variance.value}, for tracking servers and tables.
     */
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new TreeMap<>();
        Json.flat(this).forEach((name, text) -> {
            if (!name.equals("version") && !name.equals("step") && text.matches("-?[0-9.]+(E-?[0-9]+)?|NaN")) {
                numbers.put(name, Double.valueOf(text));
            }
        });
        return numbers;
    }
}
