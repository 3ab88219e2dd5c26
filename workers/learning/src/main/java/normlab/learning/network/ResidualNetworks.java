package normlab.learning.network;

import java.util.ArrayList;
import java.util.List;
import normlab.learning.network.BlockSpec.Convolution;
import normlab.learning.network.BlockSpec.MaxPool;
import normlab.learning.network.BlockSpec.Order;
import normlab.learning.network.BlockSpec.Residual;
import normlab.learning.network.BlockSpec.Shortcut;

/** Residual networks: for CIFAR and for ILSVRC (He et al. 2015), in the pre-activation order (2016), and wide ones. */
final class ResidualNetworks {
    private static final List<BlockSpec> CIFAR_STEM = List.of(new Convolution(64, 3, 1));
    private static final List<BlockSpec> ILSVRC_STEM = List.of(new Convolution(64, 7, 2), new MaxPool(3, 2, 1));

    private ResidualNetworks() {}

    static List<NetworkDefinition> all() {
        return List.of(
                small("resnet-20", 20, Order.POST_ACTIVATION),
                small("resnet-56", 56, Order.POST_ACTIVATION),
                small("resnet-110", 110, Order.POST_ACTIVATION),
                small("preact-resnet-20", 20, Order.PRE_ACTIVATION),
                resnet18("resnet-18", CIFAR_STEM, Order.POST_ACTIVATION),
                resnet18("resnet-18-imagenet", ILSVRC_STEM, Order.POST_ACTIVATION),
                resnet18("preact-resnet-18", CIFAR_STEM, Order.PRE_ACTIVATION),
                resnet50("resnet-50", CIFAR_STEM),
                resnet50("resnet-50-imagenet", ILSVRC_STEM),
                wide(28, 10));
    }

    /** 16, 32 and 64 channels, shortcuts without parameters (option A): 6n + 2 layers. */
    private static NetworkDefinition small(String name, int depth, Order order) {
        List<BlockSpec> blocks = new ArrayList<>();
        blocks.add(new Convolution(16, 3, 1));
        int blockCount = (depth - 2) / 6;
        int inputs = 16;
        for (int layer = 1; layer <= 3; layer++) {
            int channels = 8 << layer;
            for (int block = 0; block < blockCount; block++) {
                int stride = block == 0 && layer > 1 ? 2 : 1;
                Shortcut shortcut = channels == inputs ? Shortcut.IDENTITY : Shortcut.ZERO_PADDED;
                blocks.add(new Residual(name(layer, block), order, basic(channels, stride), shortcut));
                inputs = channels;
            }
        }
        return new NetworkDefinition(name, blocks);
    }

    private static NetworkDefinition resnet18(String name, List<BlockSpec> stem, Order order) {
        List<BlockSpec> blocks = new ArrayList<>(stem);
        int inputs = 64;
        for (int layer = 1; layer <= 4; layer++) {
            int channels = 32 << layer;
            for (int block = 0; block < 2; block++) {
                int stride = block == 0 && layer > 1 ? 2 : 1;
                Shortcut shortcut = channels == inputs ? Shortcut.IDENTITY : Shortcut.PROJECTION;
                blocks.add(new Residual(name(layer, block), order, basic(channels, stride), shortcut));
                inputs = channels;
            }
        }
        return new NetworkDefinition(name, blocks);
    }

    /** Bottlenecks of 3, 4, 6 and 3 blocks, the stride in the 3×3 convolution as torchvision has it. */
    private static NetworkDefinition resnet50(String name, List<BlockSpec> stem) {
        List<BlockSpec> blocks = new ArrayList<>(stem);
        int[] blockCounts = {3, 4, 6, 3};
        for (int layer = 1; layer <= 4; layer++) {
            int channels = 32 << layer;
            for (int block = 0; block < blockCounts[layer - 1]; block++) {
                List<Convolution> branch = List.of(
                        new Convolution(channels, 1, 1),
                        new Convolution(channels, 3, block == 0 && layer > 1 ? 2 : 1),
                        new Convolution(4 * channels, 1, 1));
                Shortcut shortcut = block == 0 ? Shortcut.PROJECTION : Shortcut.IDENTITY;
                blocks.add(new Residual(name(layer, block), Order.POST_ACTIVATION, branch, shortcut));
            }
        }
        return new NetworkDefinition(name, blocks);
    }

    /** Zagoruyko and Komodakis 2016, without dropout. */
    private static NetworkDefinition wide(int depth, int factor) {
        List<BlockSpec> blocks = new ArrayList<>();
        blocks.add(new Convolution(16, 3, 1));
        for (int layer = 1; layer <= 3; layer++) {
            int channels = (8 << layer) * factor;
            for (int block = 0; block < (depth - 4) / 6; block++) {
                int stride = block == 0 && layer > 1 ? 2 : 1;
                Shortcut shortcut = block == 0 ? Shortcut.PROJECTION : Shortcut.IDENTITY;
                blocks.add(new Residual(name(layer, block), Order.PRE_ACTIVATION, basic(channels, stride), shortcut));
            }
        }
        return new NetworkDefinition("wrn-%d-%d".formatted(depth, factor), blocks);
    }

    private static List<Convolution> basic(int channels, int stride) {
        return List.of(new Convolution(channels, 3, stride), new Convolution(channels, 3, 1));
    }

    private static String name(int layer, int block) {
        return "layer%d.%d".formatted(layer, block);
    }
}
