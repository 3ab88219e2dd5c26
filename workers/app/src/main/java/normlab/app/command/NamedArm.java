package normlab.app.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;

/** Normalizations by the short names that people use, with the constants of {@code base.yaml}. */
public enum NamedArm {
    NONE,
    BN,
    CBN,
    C1,
    SWAP,
    OUT_GAIN,
    DUAL,
    RMS,
    WHITE,
    WHITENED_BN;

    private static final double C = Math.sqrt(0.5);
    private static final double EPSILON = 1e-5;
    private static final double RIDGE = 1e-3;
    private static final double MOMENTUM = 0.1;

    /** As it is typed: {@code out-gain}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(NamedArm::word).toList();
    }

    /** @throws InvalidInputException naming the nearest */
    public static NamedArm named(String word) {
        return Arrays.stream(values())
                .filter(a -> a.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "--normalization",
                        "'%s' is not known%s".formatted(word, StrictBinding.suggestion(word, words()))));
    }

    /** @param groupSize of whitening; 0: all channels of a layer */
    public Normalization normalization(int groupSize) {
        return switch (this) {
            case NONE -> new Normalization.None();
            case BN -> new Normalization.BatchNorm(EPSILON, MOMENTUM);
            case CBN -> complete(Variant.PLAIN, C);
            case C1 -> complete(Variant.PLAIN, 1);
            case SWAP -> complete(Variant.SWAP, C);
            case OUT_GAIN -> complete(Variant.OUT_GAIN, C);
            case DUAL -> complete(Variant.DUAL, C);
            case RMS -> complete(Variant.RMS, C);
            case WHITE -> new Normalization.CompleteWhitening(C, groupSize, RIDGE, MOMENTUM);
            case WHITENED_BN -> new Normalization.WhitenedBatchNorm(groupSize, RIDGE, MOMENTUM);
        };
    }

    private static Normalization complete(Variant variant, double c) {
        return new Normalization.CompleteBatchNorm(variant, c, EPSILON, MOMENTUM);
    }

    /** The head that the arm has where nothing else is said. */
    public Head usualHead() {
        return normalization(0).reconstructed() ? Head.PRE_GAP : Head.OFF;
    }
}
