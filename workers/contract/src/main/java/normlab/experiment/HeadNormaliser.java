package normlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * What normalises where a {@link Head} has a normaliser; nothing of it is learned. Two arms have the same head if place, kind
 * and c agree.
 *
 * @param c the standard deviation of what leaves the normaliser
 * @param perFanIn whether c is divided by the root of the classifier's fan-in; absent: no
 */
public record HeadNormaliser(Kind kind, @Range(above = 0) double c, Optional<Boolean> perFanIn) {
    /** Its arithmetic. */
    public enum Kind {
        /** c·(x − μ)/√(σ² + ε). */
        @JsonProperty("standardise")
        STANDARDISE,
        /** c·(x − μ)/max(√(σ² + ε), s): the arm's floor s, or 1. */
        @JsonProperty("bounded")
        BOUNDED,
        /** c·x/√(E[x²] + ε). */
        @JsonProperty("root-mean-square")
        ROOT_MEAN_SQUARE,
        /** c·Σ^(−½)·(x − μ), in the arm's groups of channels, or over all. */
        @JsonProperty("whiten")
        WHITEN
    }

    public HeadNormaliser {
        Ranges.check(HeadNormaliser.class, c);
        perFanIn = perFanIn.filter(yes -> yes);
    }

    /** With the same c for every fan-in. */
    public HeadNormaliser(Kind kind, double c) {
        this(kind, c, Optional.empty());
    }
}
