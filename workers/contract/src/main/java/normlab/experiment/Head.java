package normlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a normaliser without learnable parameters stands at the global average pool (GAP). It changes results by itself,
 * so it is a choice of its own in every arm, batch normalization included. {@link HeadNormaliser} says what stands there.
 */
public enum Head {
    /** φ → GAP → FC. */
    @JsonProperty("off")
    OFF,
    /** φ → normaliser → GAP → FC: part of CBN-R, our reconstruction. */
    @JsonProperty("pre-gap")
    PRE_GAP,
    /** φ → GAP → normaliser → FC. */
    @JsonProperty("post-gap")
    POST_GAP
}
