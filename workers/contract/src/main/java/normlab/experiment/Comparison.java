package normlab.experiment;

import java.util.Optional;

/**
 * A paired difference that the report shows for each activation: {@code treatment} minus {@code baseline}, by arm name.
 *
 * @param note what the reader must know to read the difference rightly
 * @param sameHead whether the comparison claims that the two have the same head, which an experiment is refused for if they
 *     have not; absent: it claims nothing
 */
public record Comparison(String treatment, String baseline, String note, Optional<Boolean> sameHead) {
    /** Claims nothing of the heads. */
    public Comparison(String treatment, String baseline, String note) {
        this(treatment, baseline, note, Optional.empty());
    }
}
