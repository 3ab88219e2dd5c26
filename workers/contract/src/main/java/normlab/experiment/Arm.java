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
 * @param learningRate replaces the recipe's, for an arm that cannot train at it
 * @param seeds at least one, no duplicates
 */
public record Arm(
        String title,
        Normalization normalization,
        Head head,
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
        seeds = List.copyOf(seeds);
    }

    Arm withFurther(List<Long> further) {
        List<Long> all = Stream.concat(seeds.stream(), further.stream()).toList();
        return new Arm(title, normalization, head, learningRate, all);
    }
}
