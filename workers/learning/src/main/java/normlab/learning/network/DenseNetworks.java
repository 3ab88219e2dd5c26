package normlab.learning.network;

import java.util.ArrayList;
import java.util.List;
import normlab.learning.network.BlockSpec.AveragePool;
import normlab.learning.network.BlockSpec.Convolution;
import normlab.learning.network.BlockSpec.Dense;

/** Densely connected networks (Huang et al. 2017), with bottlenecks and compression. */
final class DenseNetworks {
    private DenseNetworks() {}

    static List<NetworkDefinition> all() {
        return List.of(bottlenecked(100, 12));
    }

    /** Three dense blocks of two convolutions a layer, halved channels between them. */
    private static NetworkDefinition bottlenecked(int depth, int growth) {
        List<BlockSpec> blocks = new ArrayList<>();
        int channels = 2 * growth;
        blocks.add(new Convolution(channels, 3, 1));
        int layers = (depth - 4) / 6;
        for (int block = 1; block <= 3; block++) {
            for (int layer = 1; layer <= layers; layer++) {
                blocks.add(new Dense(
                        "block%d.%d".formatted(block, layer),
                        List.of(new Convolution(4 * growth, 1, 1), new Convolution(growth, 3, 1))));
            }
            channels += layers * growth;
            if (block < 3) {
                channels /= 2;
                blocks.add(new Convolution(channels, 1, 1));
                blocks.add(new AveragePool(2));
            }
        }
        return new NetworkDefinition("densenet-bc-%d-%d".formatted(depth, growth), blocks);
    }
}
