package normlab.learning.network;

import java.util.List;
import normlab.learning.network.Residual.Shortcut;
import normlab.learning.network.SequentialBuilder.Pending;

/**
 * Builds a network's layers from its definition. {@link Placement} tells it what each arm has where; it knows no arm by
 * name:
 *
 * <ul>
 *   <li>in a chain: [normaliser of weight inputs →] weights → [normaliser of pre-activations →] φ
 *   <li>in a residual block: the same, in the order that {@link BlockSpec.Order} gives
 * </ul>
 *
 * The post-activation order needs a normaliser after the last weights of a branch. Arms that normalise the inputs of
 * weights have none there, so they use the pre-activation order, h + W(n(φ(W(n(φ(h)))))), with projections of n(φ(h)).
 */
final class NetworkBuilder {
    private final SequentialBuilder stream;

    /** Of the last initial weights of a branch that no normaliser follows: the sums would grow with depth. */
    private final double branchScale;

    private NetworkBuilder(SequentialBuilder stream, int residualBlocks) {
        this.stream = stream;
        this.branchScale = residualBlocks > 0 ? 1 / Math.sqrt(residualBlocks) : 1;
    }

    static Sequential build(NetworkDefinition definition, Design design, int inputChannels, int classes) {
        int residualBlocks = (int) definition.blocks().stream()
                .filter(b -> b instanceof BlockSpec.Residual r && r.shortcut() != BlockSpec.Shortcut.NONE)
                .count();
        NetworkBuilder builder = new NetworkBuilder(SequentialBuilder.forImages(design, inputChannels), residualBlocks);
        definition.blocks().forEach(builder::block);
        builder.head(classes);
        return builder.stream.build();
    }

    private void block(BlockSpec block) {
        switch (block) {
            case BlockSpec.Convolution convolution -> stream.convolution(convolution);
            case BlockSpec.MaxPool pool -> {
                stream.applyPending();
                stream.add(new Pool.Maximum(pool.size(), pool.stride(), pool.padding()));
            }
            case BlockSpec.AveragePool pool -> stream.add(new Pool.Average(pool.size()));
            case BlockSpec.Residual residual -> residual(residual);
            case BlockSpec.Dense dense -> dense(dense);
        }
    }

    private void residual(BlockSpec.Residual block) {
        switch (block.order()) {
            case PRE_ACTIVATION -> preActivated(block);
            case POST_ACTIVATION -> {
                if (stream.placement().needsPreActivation()) {
                    preActivated(block);
                } else {
                    postActivated(block, Pending.ACTIVATION);
                }
            }
            case LINEAR -> postActivated(block, Pending.NOTHING);
        }
    }

    /** The branch starts with weights and ends with a normaliser, if the arm has one there. */
    private void postActivated(BlockSpec.Residual block, Pending afterwards) {
        stream.applyPending();
        SequentialBuilder branch = stream.branch(block.name());
        List<BlockSpec.Convolution> convolutions = block.branch();
        convolutions.subList(0, convolutions.size() - 1).forEach(branch::convolution);
        boolean scaled = stream.placement().bias() && block.shortcut() != BlockSpec.Shortcut.NONE;
        branch.linearConvolution(convolutions.getLast(), scaled ? branchScale : 1);
        if (block.shortcut() == BlockSpec.Shortcut.NONE) {
            stream.add(branch.build(), branch.channels(), afterwards);
            return;
        }
        SequentialBuilder shortcut = stream.branch(block.name() + ".shortcut");
        if (block.shortcut() == BlockSpec.Shortcut.PROJECTION) {
            shortcut.linearConvolution(projection(block, branch.channels()), 1);
        } else {
            subsample(block, shortcut, branch.channels());
        }
        Residual residual =
                new Residual(new Sequential(List.of()), branch.build(), new Shortcut.Plain(shortcut.build()));
        stream.add(residual, branch.channels(), afterwards);
    }

    /** The branch starts with what is pending on the stream and ends with weights. */
    private void preActivated(BlockSpec.Residual block) {
        SequentialBuilder entry = stream.branch(block.name());
        entry.prepareWeightInput();
        SequentialBuilder branch = entry.continuation();
        List<BlockSpec.Convolution> convolutions = block.branch();
        branch.weights(convolutions.getFirst(), 1);
        convolutions.subList(1, convolutions.size() - 1).forEach(branch::convolution);
        branch.prepareWeightInput();
        branch.weights(convolutions.getLast(), branchScale);
        Shortcut shortcut;
        if (block.shortcut() == BlockSpec.Shortcut.PROJECTION) {
            SequentialBuilder projection = entry.branch(block.name() + ".shortcut");
            projection.weights(projection(block, branch.channels()), 1);
            shortcut = new Shortcut.Projection(projection.build());
        } else {
            SequentialBuilder plain = stream.branch(block.name() + ".shortcut");
            subsample(block, plain, branch.channels());
            shortcut = new Shortcut.Plain(plain.build());
        }
        stream.add(
                new Residual(entry.build(), branch.build(), shortcut),
                branch.channels(),
                Pending.NORMALIZATION_AND_ACTIVATION);
    }

    private static BlockSpec.Convolution projection(BlockSpec.Residual block, int channels) {
        return new BlockSpec.Convolution(channels, 1, block.stride());
    }

    private static void subsample(BlockSpec.Residual block, SequentialBuilder shortcut, int channels) {
        if (block.shortcut() == BlockSpec.Shortcut.ZERO_PADDED) {
            shortcut.add(new Residual.ZeroPadded(block.stride(), channels));
        }
    }

    private void dense(BlockSpec.Dense block) {
        SequentialBuilder branch = stream.branch(block.name());
        block.branch().forEach(branch::convolution);
        stream.add(
                new Concatenation(branch.build()),
                stream.channels() + branch.channels(),
                Pending.NORMALIZATION_AND_ACTIVATION);
    }

    private void head(int classes) {
        stream.applyPending();
        stream.normalise(stream.placement().preGap());
        stream.add(new Pool.GlobalAverage());
        stream.normalise(stream.placement().postGap());
        stream.classifier(classes);
    }
}
