package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * One of the methods that an experiment compares. Differences between arms are paired by seed: the same seed gives every
 * arm the same initial draws and the same order of images.
 *
 * @param title as tables and legends show it
 * @param headNormaliser what stands at the head; absent: the {@linkplain Normalization#usualHead usual one} of the
 *     normalization. None with {@link Head#OFF}
 * @param centredActivation whether φ(x) − E φ(u), u standard normal, stands for φ: a control of the mean of weight inputs and
 *     of what zero padding puts beside them; absent: no
 * @param learningRate replaces the recipe's, for an arm that cannot train at it
 * @param seeds at least one, no duplicates
 */
public record Arm(
        String title,
        Normalization normalization,
        Head head,
        Optional<HeadNormaliser> headNormaliser,
        Optional<Boolean> centredActivation,
        @Range(above = 0) Optional<Double> learningRate,
        @Range(atLeast = 0) List<Long> seeds) {
    /** Stands wherever results under {@linkplain Normalization#reconstructed() a reading of CBN} are shown. */
    public static final String DISCLAIMER =
            "CBN is CBN-R, our reconstruction from the abstract of Peng, Yu and Yu (TPAMI 2024), not their definition.";

    public Arm {
        check(!title.isBlank(), "title is blank");
        Ranges.check(Arm.class, learningRate, seeds);
        check(!seeds.isEmpty(), "seeds is empty, expected at least one");
        check(new HashSet<>(seeds).size() == seeds.size(), "seeds %s names one twice", seeds);
        check(
                headNormaliser.isEmpty() || head != Head.OFF,
                "headNormaliser has no meaning with head off; set it to null, or head to pre-gap or post-gap");
        seeds = List.copyOf(seeds);
        centredActivation = centredActivation.filter(yes -> yes);
    }

    /** With the usual normaliser at the head and the usual activation. */
    public Arm(String title, Normalization normalization, Head head, Optional<Double> learningRate, List<Long> seeds) {
        this(title, normalization, head, Optional.empty(), Optional.empty(), learningRate, seeds);
    }

    /** What stands at the head; empty where nothing does. */
    public Optional<HeadNormaliser> resolvedHead() {
        return head == Head.OFF
                ? Optional.empty()
                : headNormaliser.or(() -> Optional.of(normalization.usualHead(head)));
    }

    /** Whether the heads agree in place, kind and c. */
    public boolean hasHeadOf(Arm other) {
        return head == other.head && resolvedHead().equals(other.resolvedHead());
    }

    Arm withFurther(List<Long> further) {
        List<Long> all = Stream.concat(seeds.stream(), further.stream()).toList();
        return new Arm(title, normalization, head, headNormaliser, centredActivation, learningRate, all);
    }
}
