package normlab.learning.network;

import ai.djl.ndarray.NDArray;

/**
 * A learnable array.
 *
 * @param name as in {@code model.safetensors}: {@code conv1.weight}
 * @param decayed whether weight decay applies: weights yes, biases and normalization parameters no
 */
public record Parameter(String name, NDArray value, boolean decayed) {}
