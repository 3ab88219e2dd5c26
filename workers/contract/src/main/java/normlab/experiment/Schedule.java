package normlab.experiment;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import normlab.json.Range;
import normlab.json.Ranges;

/** The learning rate after the warm-up. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Schedule.Cosine.class, name = "cosine"),
    @JsonSubTypes.Type(value = Schedule.Steps.class, name = "steps")
})
public sealed interface Schedule {
    /** Half a cosine, from the peak to zero at the last step. */
    record Cosine() implements Schedule {}

    /**
     * The peak, multiplied by {@code factor} after each of these epochs; PyTorch's {@code MultiStepLR}.
     *
     * @param atEpochs completed epochs, from 1, in ascending order
     * @param factor by which the rate is multiplied
     */
    record Steps(
            @Range(atLeast = 1) List<Integer> atEpochs,
            @Range(above = 0, below = 1) double factor) implements Schedule {
        public Steps {
            check(!atEpochs.isEmpty(), "atEpochs is empty, expected at least one epoch");
            Ranges.check(Steps.class, atEpochs, factor);
            int last = 0;
            for (int epoch : atEpochs) {
                check(epoch > last, "atEpochs is %s, expected epochs in ascending order", atEpochs);
                last = epoch;
            }
            atEpochs = List.copyOf(atEpochs);
        }
    }
}
