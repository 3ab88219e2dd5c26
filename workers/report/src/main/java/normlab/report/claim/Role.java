package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;
import normlab.experiment.Normalization;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.EffectTable;

/** The role of an arm in a claim, whatever name an experiment gives the arm. */
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

    /** The name used in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the arm; empty if the experiment has no arm in this role. */
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
