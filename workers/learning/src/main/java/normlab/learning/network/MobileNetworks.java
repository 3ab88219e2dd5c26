package normlab.learning.network;

import java.util.ArrayList;
import java.util.List;
import normlab.learning.network.BlockSpec.Convolution;
import normlab.learning.network.BlockSpec.Order;
import normlab.learning.network.BlockSpec.Residual;
import normlab.learning.network.BlockSpec.Shortcut;

/** MobileNetV2 (Sandler et al. 2018): depthwise convolutions between linear bottlenecks. φ replaces its ReLU6. */
final class MobileNetworks {
    /** Consecutive blocks: expansion, output channels, how many, stride of the first. */
    private record Run(int expansion, int channels, int blocks, int stride) {}

    private static final List<Run> ILSVRC = List.of(
            new Run(1, 16, 1, 1),
            new Run(6, 24, 2, 2),
            new Run(6, 32, 3, 2),
            new Run(6, 64, 4, 2),
            new Run(6, 96, 3, 1),
            new Run(6, 160, 3, 2),
            new Run(6, 320, 1, 1));

    private MobileNetworks() {}

    static List<NetworkDefinition> all() {
        return List.of(mobilenet("mobilenet-v2", 1, 1), mobilenet("mobilenet-v2-imagenet", 2, 2));
    }

    /**
     * @param stemStride of the first convolution, and {@code secondStride} of the second run: 1 each for CIFAR, where 32
     *     pixels come down to 4 and not to 1
     */
    private static NetworkDefinition mobilenet(String name, int stemStride, int secondStride) {
        List<BlockSpec> blocks = new ArrayList<>();
        int inputs = 32;
        blocks.add(new Convolution(inputs, 3, stemStride));
        for (int layer = 1; layer <= ILSVRC.size(); layer++) {
            Run run = ILSVRC.get(layer - 1);
            for (int block = 0; block < run.blocks(); block++) {
                int runStride = layer == 2 ? secondStride : run.stride();
                int stride = block == 0 ? runStride : 1;
                boolean fits = stride == 1 && inputs == run.channels();
                blocks.add(new Residual(
                        "layer%d.%d".formatted(layer, block),
                        Order.LINEAR,
                        bottleneck(inputs, run, stride),
                        fits ? Shortcut.IDENTITY : Shortcut.NONE));
                inputs = run.channels();
            }
        }
        blocks.add(new Convolution(1280, 1, 1));
        return new NetworkDefinition(name, blocks);
    }

    private static List<Convolution> bottleneck(int inputs, Run run, int stride) {
        int expanded = inputs * run.expansion();
        List<Convolution> branch = new ArrayList<>();
        if (run.expansion() > 1) {
            branch.add(new Convolution(expanded, 1, 1));
        }
        branch.add(Convolution.depthwise(expanded, 3, stride));
        branch.add(new Convolution(run.channels(), 1, 1));
        return branch;
    }
}
