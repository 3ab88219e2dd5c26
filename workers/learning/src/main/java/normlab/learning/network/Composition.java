package normlab.learning.network;

import java.util.List;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.learning.network.Residual.Shortcut;
import normlab.learning.network.Section.Due;

/**
 * Turns a network's definition into layers. It follows {@link Placement} and knows no arm by name:
 *
 * <ul>
 *   <li>in a chain: [normaliser of inputs →] weights → [normaliser of pre-activations →] φ
 *   <li>in a residual block, the same with the shortcut read as {@link Stage.Order} says
 * </ul>
 *
 * Arms that normalise the inputs of weights have nothing behind the last weights of a branch, where the post-activation
 * order needs a normaliser. They take the pre-activation order: h + W(n(φ(W(n(φ(h)))))), projections reading n(φ(h)).
 */
final class Composition {
    private final Section stream;
    private final double branchScale;

    private Composition(Section stream, int residualBlocks) {
        this.stream = stream;
        this.branchScale =
                stream.placement().scalesBranches() && residualBlocks > 0 ? 1 / Math.sqrt(residualBlocks) : 1;
    }

    static Sequence compose(
            NetworkDefinition definition,
            Normalization normalization,
            Activation activation,
            Head head,
            int inputChannels,
            int classes) {
        Placement placement = Placement.of(normalization, activation, head);
        int blocks = (int) definition.stages().stream()
                .filter(s -> s instanceof Stage.Residual r && r.shortcut() != Stage.Shortcut.NONE)
                .count();
        Composition composition = new Composition(Section.ofImages(placement, activation, inputChannels), blocks);
        definition.stages().forEach(composition::stage);
        composition.head(classes);
        return composition.stream.sequence();
    }

    private void stage(Stage stage) {
        switch (stage) {
            case Stage.Convolution convolution -> stream.unit(convolution);
            case Stage.MaxPool pool -> {
                stream.settle();
                stream.add(new Pool.Maximum(pool.size(), pool.stride(), pool.padding()));
            }
            case Stage.AveragePool pool -> stream.add(new Pool.Average(pool.size()));
            case Stage.Residual block -> residual(block);
            case Stage.Dense block -> dense(block);
        }
    }

    private void residual(Stage.Residual block) {
        switch (block.order()) {
            case PRE_ACTIVATION -> preActivated(block);
            case POST_ACTIVATION -> {
                if (stream.placement().wantsPreActivation()) {
                    preActivated(block);
                } else {
                    postActivated(block, Due.ACTIVATION);
                }
            }
            case LINEAR -> postActivated(block, Due.NOTHING);
        }
    }

    /** The branch starts with weights and ends with a normaliser, if the arm has one there. */
    private void postActivated(Stage.Residual block, Due behind) {
        stream.settle();
        Section branch = stream.branch(block.name());
        List<Stage.Convolution> convolutions = block.branch();
        convolutions.subList(0, convolutions.size() - 1).forEach(branch::unit);
        branch.linear(convolutions.getLast(), block.shortcut() == Stage.Shortcut.NONE ? 1 : branchScale);
        if (block.shortcut() == Stage.Shortcut.NONE) {
            stream.add(branch.sequence(), branch.channels(), behind);
            return;
        }
        Section shortcut = stream.branch(block.name() + ".shortcut");
        if (block.shortcut() == Stage.Shortcut.PROJECTION) {
            shortcut.linear(projection(block, branch.channels()), 1);
        } else {
            subsample(block, shortcut, branch.channels());
        }
        Residual residual =
                new Residual(new Sequence(List.of()), branch.sequence(), new Shortcut.Plain(shortcut.sequence()));
        stream.add(residual, branch.channels(), behind);
    }

    /** The branch starts with what is due on the stream and ends with weights. */
    private void preActivated(Stage.Residual block) {
        Section entry = stream.branch(block.name());
        entry.ready();
        Section branch = entry.continued();
        List<Stage.Convolution> convolutions = block.branch();
        branch.weights(convolutions.getFirst(), 1);
        convolutions.subList(1, convolutions.size() - 1).forEach(branch::unit);
        branch.ready();
        branch.weights(convolutions.getLast(), branchScale);
        Shortcut shortcut;
        if (block.shortcut() == Stage.Shortcut.PROJECTION) {
            Section projection = entry.branch(block.name() + ".shortcut");
            projection.weights(projection(block, branch.channels()), 1);
            shortcut = new Shortcut.Projection(projection.sequence());
        } else {
            Section kept = stream.branch(block.name() + ".shortcut");
            subsample(block, kept, branch.channels());
            shortcut = new Shortcut.Plain(kept.sequence());
        }
        stream.add(
                new Residual(entry.sequence(), branch.sequence(), shortcut),
                branch.channels(),
                Due.NORMALIZATION_AND_ACTIVATION);
    }

    private static Stage.Convolution projection(Stage.Residual block, int channels) {
        return new Stage.Convolution(channels, 1, block.stride());
    }

    private static void subsample(Stage.Residual block, Section shortcut, int channels) {
        if (block.shortcut() == Stage.Shortcut.ZERO_PADDED) {
            shortcut.add(new ZeroPaddedShortcut(block.stride(), channels));
        }
    }

    private void dense(Stage.Dense block) {
        Section branch = stream.branch(block.name());
        block.branch().forEach(branch::unit);
        stream.add(
                new Concatenation(branch.sequence()),
                stream.channels() + branch.channels(),
                Due.NORMALIZATION_AND_ACTIVATION);
    }

    private void head(int classes) {
        stream.settle();
        stream.normalise(stream.placement().preGap());
        stream.add(new Pool.GlobalAverage());
        stream.normalise(stream.placement().postGap());
        stream.classifier(classes);
    }
}
