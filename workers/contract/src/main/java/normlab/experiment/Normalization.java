package normlab.experiment;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What is normalised, and where it stands relative to the weight layers and activations. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Normalization.None.class, name = "none"),
    @JsonSubTypes.Type(value = Normalization.BatchNorm.class, name = "batch-norm"),
    @JsonSubTypes.Type(value = Normalization.CompleteBatchNorm.class, name = "complete-batch-norm")
})
public sealed interface Normalization {
    /** Weight layer (with bias) → φ. */
    record None() implements Normalization {}

    /**
     * Weight layer (no bias) → BN with affine γ, β → φ; Ioffe and Szegedy 2015.
     *
     * @param epsilon added to the batch variance
     * @param momentum weight of the new batch in the running statistics (PyTorch's convention; DJL's is 1 − this)
     */
    record BatchNorm(double epsilon, double momentum) implements Normalization {
        public BatchNorm {
            check(epsilon > 0, "epsilon is %s, expected more than 0", epsilon);
            check(momentum > 0 && momentum <= 1, "momentum is %s, expected above 0 and at most 1", momentum);
        }
    }

    /**
     * CBN-R: c·(x − μ_B)/√(σ²_B + ε) in front of each weight layer but the first, nothing learnable, weight layers with
     * bias. This is our reconstruction from the abstract of Peng, Yu and Yu (TPAMI 2024), not the authors' definition.
     *
     * @param c the standard deviation of each weight input
     * @param epsilon added to the batch variance
     * @param momentum weight of the new batch in the running statistics
     */
    record CompleteBatchNorm(double c, double epsilon, double momentum) implements Normalization {
        public CompleteBatchNorm {
            check(c > 0, "c is %s, expected more than 0", c);
            check(epsilon > 0, "epsilon is %s, expected more than 0", epsilon);
            check(momentum > 0 && momentum <= 1, "momentum is %s, expected above 0 and at most 1", momentum);
        }
    }
}
