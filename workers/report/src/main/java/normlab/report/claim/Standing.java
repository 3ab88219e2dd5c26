package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What results say about a claim. A verdict is about our reconstruction, not about the paper. */
public enum Standing {
    @JsonProperty("supported")
    SUPPORTED("supported", "▲"),
    /** Enough parts contradict it. */
    @JsonProperty("not-supported")
    NOT_SUPPORTED("not supported", "▼"),
    /** Too few seeds, or neither side is shown. */
    @JsonProperty("inconclusive")
    INCONCLUSIVE("inconclusive", "○"),
    /** The campaign did not measure what it needs. */
    @JsonProperty("not-tested")
    NOT_TESTED("not tested", "–");

    private final String words;
    private final String sign;

    Standing(String words, String sign) {
        this.words = words;
        this.sign = sign;
    }

    public String words() {
        return words;
    }

    /** One character, so that a verdict does not depend on colour. */
    public String sign() {
        return sign;
    }
}
