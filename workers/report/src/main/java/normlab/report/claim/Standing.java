package normlab.report.claim;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What results say about a claim. A claim that is not supported is so for our reconstruction; the paper stands apart. */
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

    /** One character, so that a verdict does not hang on colour. */
    public String sign() {
        return sign;
    }
}
