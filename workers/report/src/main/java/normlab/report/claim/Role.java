package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.function.Predicate;
import normlab.experiment.Arm;
import normlab.experiment.Comparison;
import normlab.experiment.Normalization;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Arms;

/** The role of an arm in a claim, whatever name an experiment gives the arm. */
public enum Role {
    /** The treatment of the comparison of a reading of CBN with plain BN. */
    @JsonProperty("cbn")
    CBN("CBN"),
    /** The baseline of that comparison. */
    @JsonProperty("bn")
    BN("BN"),
    /** BN with the same normaliser at the head as the treatment. */
    @JsonProperty("bn-same-head")
    BN_SAME_HEAD("BN at the same head"),
    /** BN with centred activations, with the head of plain BN if there is one: the control of mean and border. */
    @JsonProperty("bn-centred")
    BN_CENTRED("BN, centred φ"),
    /** The arm without normalization. */
    @JsonProperty("none")
    NONE("none");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Name of the arm; empty if the experiment has no arm in this role. */
    public Optional<String> arm(Analysis analysis) {
        return switch (this) {
            case CBN -> analysis.headlineComparison().map(Comparison::treatment);
            case BN -> analysis.headlineComparison().map(Comparison::baseline);
            case BN_SAME_HEAD ->
                CBN.arm(analysis).map(analysis::arm).flatMap(cbn -> first(analysis, arm -> Arms.isBnLike(arm, cbn)));
            case BN_CENTRED -> first(analysis, Arms::isCentredBn);
            case NONE -> first(analysis, arm -> arm.normalization() instanceof Normalization.None);
        };
    }

    private static Optional<String> first(Analysis analysis, Predicate<Arm> wanted) {
        return analysis.arms().stream()
                .filter(name -> wanted.test(analysis.arm(name)))
                .findFirst();
    }
}
