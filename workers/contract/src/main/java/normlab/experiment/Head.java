package normlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a normaliser without learnable parameters stands around the global average pool (GAP). It moves results by
 * itself, so it is an axis of its own for every arm, batch normalization included. In front of the pool, arms that
 * normalise the inputs of weight layers have what they have there (whitening whitens); behind it, and in all other arms,
 * it is c·(x − μ)/√(σ² + ε).
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
