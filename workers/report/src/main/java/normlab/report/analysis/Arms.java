package normlab.report.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import normlab.experiment.Arm;
import normlab.experiment.Head;
import normlab.experiment.Normalization;

/** The arms in the order of tables, and which of them matter for the paper's claim. */
public final class Arms {
    private static final List<Class<?>> KINDS = List.of(Normalization.class.getPermittedSubclasses());

    private Arms() {}

    /** Names: first without normalization, then BN and its variants, then readings of CBN; plain heads first. */
    public static List<String> ordered(Map<String, Arm> arms) {
        return arms.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Arm> e) -> rank(e.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
    }

    public static boolean isCbn(Arm arm) {
        return arm.normalization().reconstructed();
    }

    /** The usual batch normalization, with nothing added at the head. */
    public static boolean isPlainBn(Arm arm) {
        return arm.normalization() instanceof Normalization.BatchNorm
                && arm.head() == Head.OFF
                && arm.centredActivation().isEmpty();
    }

    /** The controls: batch normalization with an extra normaliser at the head, as CBN-R has. */
    public static boolean isControl(Arm arm) {
        return arm.normalization() instanceof Normalization.BatchNorm
                && arm.head() != Head.OFF
                && arm.centredActivation().isEmpty();
    }

    /** Batch normalization with the same head as another arm (place, kind and c): what remains is where and how weight inputs are normalised. */
    public static boolean isBnLike(Arm arm, Arm other) {
        return arm.normalization() instanceof Normalization.BatchNorm
                && arm.centredActivation().isEmpty()
                && arm.hasHeadOf(other);
    }

    /** The control of the mean of weight inputs and of the border: batch normalization with centred activations. */
    public static boolean isCentredBn(Arm arm) {
        return arm.normalization() instanceof Normalization.BatchNorm
                && arm.centredActivation().isPresent();
    }

    /** Within a group in the order in which {@link Normalization} names its kinds. */
    private static int rank(Arm arm) {
        Normalization normalization = arm.normalization();
        int group = normalization instanceof Normalization.None ? 0 : normalization.reconstructed() ? 2 : 1;
        int kind = group * KINDS.size() + KINDS.indexOf(normalization.getClass());
        return Head.values().length * kind + arm.head().ordinal();
    }
}
