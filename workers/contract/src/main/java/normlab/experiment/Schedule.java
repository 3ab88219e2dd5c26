package normlab.experiment;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

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
     * @param factor in (0, 1)
     */
    record Steps(List<Integer> atEpochs, double factor) implements Schedule {
        public Steps {
            check(!atEpochs.isEmpty(), "atEpochs is empty, expected at least one epoch");
            int last = 0;
            for (int epoch : atEpochs) {
                check(epoch > last, "atEpochs is %s, expected epochs from 1 in ascending order", atEpochs);
                last = epoch;
            }
            check(factor > 0 && factor < 1, "factor is %s, expected between 0 and 1", factor);
            atEpochs = List.copyOf(atEpochs);
        }
    }
}
