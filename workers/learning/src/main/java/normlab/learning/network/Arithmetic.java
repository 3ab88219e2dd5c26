package normlab.learning.network;

import ai.djl.ndarray.NDArray;

/**
 * In what precision a forward pass computes. Parameters are float32, and so is everything after the global average pool;
 * arrays between the layers before it are narrow. All methods are differentiable: the gradient of a float32 array is float32.
 */
sealed interface Arithmetic permits Arithmetic.AsStored, Bfloat16 {
    /** The array as layers pass it on. */
    NDArray narrow(NDArray array);

    /** The array in float32, for arithmetic that needs the digits. */
    NDArray widen(NDArray array);

    /** A narrow array as convolutions and matrix products read it. */
    NDArray operand(NDArray narrow);

    /**
     * A parameter as convolutions and matrix products read it.
     *
     * @param borrower whose manager gets the result, if it is a new array
     */
    NDArray operand(NDArray parameter, NDArray borrower);

    /** What a convolution or matrix product gave, as layers pass it on. */
    NDArray product(NDArray result);

    /** Computes in the type of the parameters: float32 for training, float64 for checks. */
    record AsStored() implements Arithmetic {
        @Override
        public NDArray narrow(NDArray array) {
            return array;
        }

        @Override
        public NDArray widen(NDArray array) {
            return array;
        }

        @Override
        public NDArray operand(NDArray narrow) {
            return narrow;
        }

        @Override
        public NDArray operand(NDArray parameter, NDArray borrower) {
            return parameter;
        }

        @Override
        public NDArray product(NDArray result) {
            return result;
        }
    }
}
