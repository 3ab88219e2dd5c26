package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.List;
import normlab.json.Range;
import normlab.json.Ranges;

/**
 * A second evaluation beside that with running statistics: with statistics of the frozen weights over a fixed sample of
 * training images, after Wu and Johnson, Rethinking "Batch" in BatchNorm (2021). The two differ when
 * running statistics lag behind the weights. Like probes, it does not change the model.
 *
 * @param images of the sample at most, without augmentation, in batches of the recipe's size
 * @param fractions of the epochs after which the validation set is evaluated this way; the test set always is, at the end
 * @param eachEpoch whether that happens after every epoch
 */
public record PreciseStatistics(
        @Range(atLeast = 2) int images,
        @Range(above = 0, atMost = 1) List<Double> fractions,
        boolean eachEpoch) {
    public PreciseStatistics {
        Ranges.check(PreciseStatistics.class, images, fractions);
        check(
                !eachEpoch || fractions.isEmpty(),
                "eachEpoch is true, expected no fractions beside it, found %s",
                fractions);
        fractions = List.copyOf(fractions);
    }

    /** Whether the validation set is evaluated this way after this epoch. */
    public boolean isDue(int epoch, int epochs) {
        return eachEpoch || fractions.stream().anyMatch(f -> Math.max(1, Math.round(f * epochs)) == epoch);
    }
}
