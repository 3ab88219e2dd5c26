package normlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The activation φ after each weight layer. */
public enum Activation {
    @JsonProperty("sigmoid")
    SIGMOID("Sigmoid"),
    @JsonProperty("tanh")
    TANH("Tanh"),
    @JsonProperty("relu")
    RELU("ReLU"),
    /** Klambauer et al. 2017, with their constants. */
    @JsonProperty("selu")
    SELU("SELU"),
    /** x·sigmoid(x); Ramachandran et al. 2017 with β = 1. */
    @JsonProperty("swish")
    SWISH("Swish");

    private final String title;

    Activation(String title) {
        this.title = title;
    }

    /** Its name in papers. */
    public String title() {
        return title;
    }

    /** Its name in experiments, labels and file names. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
