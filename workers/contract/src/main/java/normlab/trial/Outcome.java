package normlab.trial;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a training ended. Divergence is a result: it is reported at chance accuracy, never retried, never dropped. */
public enum Outcome {
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("diverged")
    DIVERGED
}
