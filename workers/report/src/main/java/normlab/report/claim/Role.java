package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import normlab.experiment.Normalization;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.EffectTable;

/** The part that an arm plays in a claim, whatever an experiment names it. */
public enum Role {
    /** The treatment of the comparison of CBN-R with plain BN. */
    @JsonProperty("cbn")
    CBN,
    /** The baseline of that comparison. */
    @JsonProperty("bn")
    BN,
    /** The arm without normalization. */
    @JsonProperty("none")
    NONE;

    /** As files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the arm; empty if the experiment has none that plays this part. */
    public Optional<String> arm(Analysis analysis) {
        return switch (this) {
            case CBN -> analysis.headline().map(EffectTable::treatment);
            case BN -> analysis.headline().map(EffectTable::baseline);
            case NONE ->
                analysis.arms().stream()
                        .filter(name -> analysis.arm(name).normalization() instanceof Normalization.None)
                        .findFirst();
        };
    }
}
