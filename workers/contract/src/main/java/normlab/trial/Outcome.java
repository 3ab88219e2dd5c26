package normlab.trial;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a training ended. Divergence is a result: it is reported at chance accuracy, never retried, never dropped. */
public enum Outcome {
    @JsonProperty("completed")
    COMPLETED,
    @JsonProperty("diverged")
    DIVERGED;

    /** As it is stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
