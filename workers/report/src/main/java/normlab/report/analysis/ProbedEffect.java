package normlab.report.analysis;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Eigenvalue;
import normlab.trial.ProbeRow.Moments;

/** An estimate of one of the three effects that the abstract names; for each, smaller is claimed to be better. */
public enum ProbedEffect {
    /** Effect (i) along the gradient: the largest ‖g(w − ηg) − g(w)‖/(η‖g‖) over the grid of η. */
    @JsonProperty("smoothness")
    SMOOTHNESS("β-smoothness", "smoothness"),
    /** Effect (i) in the steepest direction: |λmax| of the Hessian, if its estimate converged. */
    @JsonProperty("curvature")
    CURVATURE("|λmax|", "curvature"),
    /** Effect (ii). */
    @JsonProperty("second-moment")
    SECOND_MOMENT("E‖g‖²", "second-moment"),
    /** Effect (iii). */
    @JsonProperty("variance")
    VARIANCE("tr Var g", "variance"),
    /**
     * Not one of the three effects: the squared slope of the loss itself. Its estimate is unbiased, so it may be 0 or less
     * where the square is small beside its error.
     */
    @JsonProperty("gradient-norm")
    GRADIENT_NORM("‖E g‖²", "gradient-norm");

    private final String title;
    private final String word;

    ProbedEffect(String title, String word) {
        this.title = title;
        this.word = word;
    }

    public String title() {
        return title;
    }

    /** The word used in file names. */
    public String word() {
        return word;
    }

    /** The coordinates of a value; see {@link ProbeRow}. */
    public enum Scale {
        @JsonProperty("raw")
        RAW("raw"),
        /** Coordinates in which each filter has norm 1 and each γ is 1. */
        @JsonProperty("scale-free")
        SCALE_FREE("scale-free");

        private final String words;

        Scale(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Empty if not measured or not converged. Above 0, except for {@link #GRADIENT_NORM}. */
    public OptionalDouble of(ProbeRow row, Scale scale) {
        Optional<Double> value = switch (this) {
            case SMOOTHNESS ->
                row.smoothness()
                        .map(s -> scale == Scale.RAW
                                ? s.largest()
                                : s.scaleFreeLargest().orElse(s.scaleFree()));
            case CURVATURE ->
                row.curvature()
                        .map(c -> scale == Scale.RAW ? c.raw() : c.scaleFree())
                        .filter(Eigenvalue::converged)
                        .map(e -> Math.abs(e.value()));
            case SECOND_MOMENT -> moments(row, scale).map(m -> m.secondMoment().value());
            case GRADIENT_NORM -> moments(row, scale).map(m -> m.squaredMean().value());
            case VARIANCE -> moments(row, scale).map(m -> m.variance().value());
        };
        return value.filter(v -> Double.isFinite(v) && (v > 0 || this == GRADIENT_NORM))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /**
     * The logarithm of a trial's average over several moments of its training. The average is the geometric mean, but for
     * {@link #GRADIENT_NORM} the arithmetic one: leaving out a trial for one estimate of 0 or less would favour large
     * estimates, and the errors of several moments cancel.
     *
     * @param moments what {@link #of} gives for each
     * @return empty without moments, if one has no value, or if the average is not above 0
     */
    OptionalDouble logOfAverage(List<OptionalDouble> moments) {
        if (moments.isEmpty() || moments.stream().anyMatch(OptionalDouble::isEmpty)) {
            return OptionalDouble.empty();
        }
        boolean arithmetic = this == GRADIENT_NORM;
        double mean = moments.stream()
                .mapToDouble(OptionalDouble::getAsDouble)
                .map(v -> arithmetic ? v : Math.log(v))
                .average()
                .orElseThrow();
        double log = arithmetic ? Math.log(mean) : mean;
        return Double.isFinite(log) ? OptionalDouble.of(log) : OptionalDouble.empty();
    }

    private static Optional<Moments> moments(ProbeRow row, Scale scale) {
        return row.gradient().map(g -> scale == Scale.RAW ? g.total() : g.scaleFree());
    }
}
