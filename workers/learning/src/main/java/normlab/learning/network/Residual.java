package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * branch(entry(x)) + shortcut.
 *
 * @param entry what the branch and a projecting shortcut share; empty in the post-activation order
 */
record Residual(Sequence entry, Sequence branch, Shortcut shortcut) implements Layer {
    /** The way around the branch. */
    sealed interface Shortcut {
        /** Of x itself. */
        record Plain(Sequence layers) implements Shortcut {}

        /** Of entry(x): weights that read what the branch reads. */
        record Projection(Sequence layers) implements Shortcut {}

        Sequence layers();
    }

    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        NDArray entered = entry.forward(x, values, mode);
        NDArray y = branch.forward(entered, values, mode);
        NDArray around = switch (shortcut) {
            case Shortcut.Plain plain -> plain.layers().forward(x, values, mode);
            case Shortcut.Projection projection -> projection.layers().forward(entered, values, mode);
        };
        // In place: a branch ends with weights or a normaliser, whose gradients need what they read only.
        NDArray sum = y.addi(around);
        Sequence.release(around, x, entered);
        Sequence.release(entered, x, sum);
        return sum;
    }

    @Override
    public List<Variable> variables() {
        return Stream.of(entry, branch, shortcut.layers())
                .flatMap(s -> s.variables().stream())
                .toList();
    }

    @Override
    public Shape output(Shape input) {
        return branch.output(entry.output(input));
    }

    @Override
    public long multiplyAdds(Shape input) {
        Shape entered = entry.output(input);
        return entry.multiplyAdds(input)
                + branch.multiplyAdds(entered)
                + shortcut.layers().multiplyAdds(shortcutInput(input));
    }

    /** What the shortcut reads. */
    Shape shortcutInput(Shape input) {
        return switch (shortcut) {
            case Shortcut.Plain ignored -> input;
            case Shortcut.Projection ignored -> entry.output(input);
        };
    }
}
