package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.experiment.Activation;

/** One operation of a composed network. Arrays are (N, C, H, W) up to the global average pool, (N, C) behind it. */
sealed interface Layer {
    NDArray forward(NDArray x, Mode mode);

    /** Learnable arrays, in a fixed order. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Running statistics by name: state that is not learnt. */
    default List<Parameter> buffers() {
        return List.of();
    }

    /** @param bias absent where batch normalization follows and would cancel it */
    record Convolution(Parameter weight, List<Parameter> bias, NDArray zeroBias, int stride, int padding)
            implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            NDArray added = bias.isEmpty() ? zeroBias : bias.getFirst().value();
            return Kernels.convolution(x, weight.value(), added, stride, padding);
        }

        @Override
        public List<Parameter> parameters() {
            return bias.isEmpty() ? List.of(weight) : List.of(weight, bias.getFirst());
        }
    }

    /**
     * (x − μ)/√(σ² + ε)·scale + shift over all axes but the second. BN learns scale (γ) and shift (β); the normaliser of
     * CBN-R, our reconstruction, has the constants c and 0.
     */
    record BatchNormalization(
            String name,
            Parameter scale,
            Parameter shift,
            boolean learnt,
            Parameter runningMean,
            Parameter runningVariance,
            double momentum,
            double epsilon)
            implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            if (mode == Mode.TRAINING) {
                requireTwoValues(x.getShape());
            }
            return Kernels.batchNorm(
                    x,
                    runningMean.value(),
                    runningVariance.value(),
                    scale.value(),
                    shift.value(),
                    mode == Mode.TRAINING,
                    momentum,
                    epsilon);
        }

        private void requireTwoValues(Shape shape) {
            long values = shape.size() / shape.get(1);
            if (values < 2) {
                throw new IllegalArgumentException(
                        "[%s] a batch of shape %s has %d value for each channel, expected 2 or more: its variance is 0"
                                .formatted(name, shape, values));
            }
        }

        @Override
        public List<Parameter> parameters() {
            return learnt ? List.of(scale, shift) : List.of();
        }

        @Override
        public List<Parameter> buffers() {
            return List.of(runningMean, runningVariance);
        }
    }

    /** φ. */
    record Activate(Activation activation) implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            return Kernels.activate(activation, x);
        }
    }

    /** Windows that do not overlap. */
    record MaxPool(int size) implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            Shape window = new Shape(size, size);
            return x.getNDArrayInternal().maxPool(window, window, new Shape(0, 0), false);
        }
    }

    /** (N, C, H, W) → (N, C). */
    record GlobalAveragePool() implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            return x.getNDArrayInternal().globalAvgPool();
        }
    }

    /** (N, C) → (N, classes). */
    record FullyConnected(Parameter weight, Parameter bias) implements Layer {
        @Override
        public NDArray forward(NDArray x, Mode mode) {
            return x.getNDArrayInternal()
                    .linear(x, weight.value(), bias.value())
                    .singletonOrThrow();
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(weight, bias);
        }
    }
}
