package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * branch(entry(x)) + shortcut.
 *
 * @param entry shared by the branch and a projection; empty in the post-activation order
 */
record Residual(Sequential entry, Sequential branch, Shortcut shortcut) implements Layer {
    /** What is added to the branch. */
    sealed interface Shortcut {
        /** Layers that read x. */
        record Plain(Sequential layers) implements Shortcut {}

        /** Weights that read entry(x), as the branch does. */
        record Projection(Sequential layers) implements Shortcut {}

        Sequential layers();
    }

    /**
     * Every stride-th pixel, with zeros for the additional channels: the parameter-free shortcut (option A) of He et al.
     * 2015.
     */
    record ZeroPadded(int stride, int channels) implements Layer {
        @Override
        public String operation() {
            return "subsampled, padded with zeros";
        }

        @Override
        public List<Part> parts(Shape input) {
            return List.of();
        }

        @Override
        public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
            NDArray kept = TorchOps.everyNth(x, stride);
            return TorchOps.padChannels(kept, channels);
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(channels, (input.get(1) - 1) / stride + 1, (input.get(2) - 1) / stride + 1);
        }
    }

    @Override
    public String operation() {
        return "sum of branch and shortcut";
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        NDArray entered = entry.forward(x, store, mode);
        NDArray y = branch.forward(entered, store, mode);
        NDArray around = switch (shortcut) {
            case Shortcut.Plain plain -> plain.layers().forward(x, store, mode);
            case Shortcut.Projection projection -> projection.layers().forward(entered, store, mode);
        };
        // In place: a branch ends with weights or a normaliser, whose gradients need only their inputs.
        NDArray sum = y.addi(around);
        Sequential.release(around, x, entered);
        Sequential.release(entered, x, sum);
        return sum;
    }

    @Override
    public List<ParameterSpec> parameters() {
        return Stream.of(entry, branch, shortcut.layers())
                .flatMap(s -> s.parameters().stream())
                .toList();
    }

    @Override
    public Shape output(Shape input) {
        return branch.output(entry.output(input));
    }

    @Override
    public List<Part> parts(Shape input) {
        Shape entered = entry.output(input);
        Shape shortcutInput = switch (shortcut) {
            case Shortcut.Plain ignored -> input;
            case Shortcut.Projection ignored -> entered;
        };
        return List.of(new Part(entry, input), new Part(branch, entered), new Part(shortcut.layers(), shortcutInput));
    }
}
