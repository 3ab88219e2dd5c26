package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the methods that an experiment compares. Differences between arms are paired by seed: the same seed gives every
 * arm the same initial draws and the same order of images.
 *
 * @param title as tables and legends show it
 * @param learningRate replaces the recipe's, for an arm that cannot train at it; above 0
 * @param seeds at least one, each 0 or more, no duplicates
 */
public record Arm(
        String title, Normalization normalization, Head head, Optional<Double> learningRate, List<Long> seeds) {
    /** Stands wherever results under {@linkplain Normalization#reconstructed() a reading of CBN} are shown. */
    public static final String DISCLAIMER =
            "CBN is CBN-R, our reconstruction from the abstract of Peng, Yu and Yu (TPAMI 2024), not their definition.";

    public Arm {
        check(!title.isBlank(), "title is blank");
        check(
                learningRate.orElse(1.0) > 0,
                "learningRate is %s, expected more than 0, or null for the recipe's",
                learningRate.orElse(1.0));
        check(!seeds.isEmpty(), "seeds is empty, expected at least one");
        check(new HashSet<>(seeds).size() == seeds.size(), "seeds %s names one twice", seeds);
        check(seeds.stream().allMatch(s -> s >= 0), "seeds %s has a negative one", seeds);
        seeds = List.copyOf(seeds);
    }

    Arm withFurther(List<Long> further) {
        List<Long> all = Stream.concat(seeds.stream(), further.stream()).toList();
        return new Arm(title, normalization, head, learningRate, all);
    }
}
