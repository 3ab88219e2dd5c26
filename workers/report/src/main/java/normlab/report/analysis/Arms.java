package normlab.report.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import normlab.experiment.Arm;
import normlab.experiment.Head;
import normlab.experiment.Normalization;

/** The arms in the order of tables, and which of them play a part in reading the paper's claim. */
public final class Arms {
    private static final List<Class<?>> KINDS = List.of(Normalization.class.getPermittedSubclasses());

    private Arms() {}

    /** Names: without normalization first, then BN and its like, then readings of CBN; plain heads first. */
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

    /** Batch normalization as everybody uses it, with nothing added at the head. */
    public static boolean isPlainBn(Arm arm) {
        return arm.normalization() instanceof Normalization.BatchNorm && arm.head() == Head.OFF;
    }

    /** Batch normalization with the extra normaliser at the head that CBN-R has too: the control. */
    public static boolean isControl(Arm arm) {
        return arm.normalization() instanceof Normalization.BatchNorm && arm.head() != Head.OFF;
    }

    /** Within a group in the order in which {@link Normalization} names its kinds. */
    private static int rank(Arm arm) {
        Normalization normalization = arm.normalization();
        int group = normalization instanceof Normalization.None ? 0 : normalization.reconstructed() ? 2 : 1;
        int kind = group * KINDS.size() + KINDS.indexOf(normalization.getClass());
        return Head.values().length * kind + arm.head().ordinal();
    }
}
