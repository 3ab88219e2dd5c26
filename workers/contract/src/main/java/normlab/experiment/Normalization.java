package normlab.experiment;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;
import normlab.experiment.HeadNormaliser.Kind;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * What is normalised, and where it stands relative to weight layers and activations. Everything called complete here is
 * our reconstruction from the abstract of Peng, Yu and Yu (TPAMI 2024), not the authors' definition.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Normalization.None.class, name = "none"),
    @JsonSubTypes.Type(value = Normalization.BatchNorm.class, name = "batch-norm"),
    @JsonSubTypes.Type(value = Normalization.CompleteBatchNorm.class, name = "complete-batch-norm"),
    @JsonSubTypes.Type(value = Normalization.CompleteWhitening.class, name = "complete-whitening"),
    @JsonSubTypes.Type(value = Normalization.WhitenedBatchNorm.class, name = "whitened-batch-norm")
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
    record BatchNorm(
            @Range(above = 0) double epsilon,
            @Range(above = 0, atMost = 1) double momentum) implements Normalization {
        public BatchNorm {
            Ranges.check(BatchNorm.class, epsilon, momentum);
        }
    }

    /**
     * CBN: c·(x − μ_B)/√(σ²_B + ε) before each weight layer but the first, or a variant of it.
     *
     * @param c the standard deviation of each weight input
     * @param epsilon added to the batch variance
     * @param momentum weight of the new batch in the running statistics
     * @param floor s of the bounded reading, c·(x − μ_B)/max(√(σ²_B + ε), s), which never raises a small deviation to c;
     *     absent: none
     * @param perFanIn whether each weight layer divides c by the root of its own fan-in, so that E‖x‖² is c² in all of them;
     *     absent: no
     */
    record CompleteBatchNorm(
            Variant variant,
            @Range(above = 0) double c,
            @Range(above = 0) double epsilon,
            @Range(above = 0, atMost = 1) double momentum,
            @Range(above = 0) Optional<Double> floor,
            Optional<Boolean> perFanIn)
            implements Normalization {
        public CompleteBatchNorm {
            Ranges.check(CompleteBatchNorm.class, c, epsilon, momentum, floor);
            perFanIn = perFanIn.filter(yes -> yes);
            boolean standardises = variant == Variant.PLAIN || variant == Variant.OUT_GAIN;
            check(
                    floor.isEmpty() || standardises,
                    "floor is %s, which the variants plain and out-gain have; expected none here",
                    floor.orElse(0.0));
            check(
                    perFanIn.isEmpty() || standardises,
                    "perFanIn is true, which the variants plain and out-gain have; expected false here");
        }

        public CompleteBatchNorm(Variant variant, double c, double epsilon, double momentum) {
            this(variant, c, epsilon, momentum, Optional.empty(), Optional.empty());
        }

        /** CBN-R, the variant {@link Variant#PLAIN}. */
        public CompleteBatchNorm(double c, double epsilon, double momentum) {
            this(Variant.PLAIN, c, epsilon, momentum);
        }

        @Override
        public HeadNormaliser usualHead(Head head) {
            Kind kind = floor.isPresent() ? Kind.BOUNDED : Kind.STANDARDISE;
            boolean uncentred = variant == Variant.RMS && head == Head.PRE_GAP;
            return new HeadNormaliser(uncentred ? Kind.ROOT_MEAN_SQUARE : kind, c, perFanIn);
        }
    }

    /** What a variant of {@link CompleteBatchNorm} adds or leaves out. */
    enum Variant {
        /** CBN-R: nothing is learned; weight layers have a bias. */
        @JsonProperty("plain")
        PLAIN,
        /** Batch normalization after φ, with γ initially c and β initially 0: only the place changes. */
        @JsonProperty("swap")
        SWAP,
        /** CBN-R with a learned gain for each output channel of the weight layers after it. */
        @JsonProperty("out-gain")
        OUT_GAIN,
        /** Batch normalization before φ, and CBN-R before the weights. */
        @JsonProperty("dual")
        DUAL,
        /** No centring: c·x/√(E[x²] + ε). */
        @JsonProperty("rms")
        RMS,
        /** CBN-R with weights standardised filter by filter as well; Qiao et al. 2019, divided by the root of the fan-in. */
        @JsonProperty("weight-standardised")
        WEIGHT_STANDARDISED
    }

    /**
     * c·Σ^(−½)·(x − μ_B) before each weight layer but the first, over the channels, by seven Newton–Schulz steps: a CBN that
     * equalises all of E[xxᵀ] and not only its diagonal.
     *
     * @param c the standard deviation of each weight input
     * @param groupSize how many channels are whitened together at most; 0: all of a layer
     * @param epsilon share of the mean variance that is added to the covariance's diagonal
     * @param momentum weight of the new batch in the running mean and covariance
     */
    record CompleteWhitening(
            @Range(above = 0) double c,
            @Range(atLeast = 0) int groupSize,
            @Range(above = 0) double epsilon,
            @Range(above = 0, atMost = 1) double momentum)
            implements Normalization {
        public CompleteWhitening {
            Ranges.check(CompleteWhitening.class, c, groupSize, epsilon, momentum);
            checkGroupSize(groupSize);
        }

        @Override
        public Normalization withGroupSize(int size) {
            return new CompleteWhitening(c, size, epsilon, momentum);
        }

        @Override
        public HeadNormaliser usualHead(Head head) {
            return new HeadNormaliser(head == Head.PRE_GAP ? Kind.WHITEN : Kind.STANDARDISE, c);
        }
    }

    /**
     * The control of {@link CompleteWhitening}: whitening in batch normalization's place, with affine γ, β; after Huang et
     * al., Decorrelated Batch Normalization (2018) and Iterative Normalization (2019).
     *
     * @param groupSize how many channels are whitened together at most; 0: all of a layer
     * @param epsilon share of the mean variance that is added to the covariance's diagonal
     * @param momentum weight of the new batch in the running mean and covariance
     */
    record WhitenedBatchNorm(
            @Range(atLeast = 0) int groupSize,
            @Range(above = 0) double epsilon,
            @Range(above = 0, atMost = 1) double momentum)
            implements Normalization {
        public WhitenedBatchNorm {
            Ranges.check(WhitenedBatchNorm.class, groupSize, epsilon, momentum);
            checkGroupSize(groupSize);
        }

        @Override
        public Normalization withGroupSize(int size) {
            return new WhitenedBatchNorm(size, epsilon, momentum);
        }
    }

    /** Whether this is a reading of the paper's CBN: whatever shows it says {@link Arm#DISCLAIMER}. */
    default boolean reconstructed() {
        return switch (this) {
            case None ignored -> false;
            case BatchNorm ignored -> false;
            case WhitenedBatchNorm ignored -> false;
            case CompleteBatchNorm ignored -> true;
            case CompleteWhitening ignored -> true;
        };
    }

    /** The same with whitening in groups of so many channels, if it whitens; 0: all channels of a layer together. */
    default Normalization withGroupSize(int groupSize) {
        return this;
    }

    /** The head's normaliser of an arm that names none. */
    default HeadNormaliser usualHead(Head head) {
        return new HeadNormaliser(Kind.STANDARDISE, Math.sqrt(0.5));
    }

    private static void checkGroupSize(int groupSize) {
        check(groupSize != 1, "groupSize is %s, expected 0 (all channels together) or 2 or more", groupSize);
    }
}
