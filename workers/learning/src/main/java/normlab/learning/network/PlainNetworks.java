package normlab.learning.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import normlab.learning.network.BlockSpec.Convolution;
import normlab.learning.network.BlockSpec.MaxPool;

/** Chains of convolutions without shortcuts. */
final class PlainNetworks {
    private PlainNetworks() {}

    static List<NetworkDefinition> all() {
        return List.of(plain(8), plain(14), plain(20), vgg16());
    }

    /**
     * The quick benchmark's network and its deeper sisters: half of the 3×3 convolutions with 16 channels, half with 32;
     * 28 → 14 → 7 pixels.
     *
     * @param depth how many convolutions
     */
    private static NetworkDefinition plain(int depth) {
        List<BlockSpec> blocks = new ArrayList<>();
        blocks.add(new Convolution(16, 3, 2));
        blocks.addAll(Collections.nCopies(depth / 2 - 1, new Convolution(16, 3, 1)));
        blocks.add(new MaxPool(2));
        blocks.addAll(Collections.nCopies(depth / 2, new Convolution(32, 3, 1)));
        return new NetworkDefinition("plain-" + depth, blocks);
    }

    /** Configuration D of Simonyan and Zisserman 2015 with one fully connected layer, as is usual for CIFAR. */
    private static NetworkDefinition vgg16() {
        List<BlockSpec> blocks = new ArrayList<>();
        int[] channels = {64, 128, 256, 512, 512};
        int[] convolutions = {2, 2, 3, 3, 3};
        for (int i = 0; i < channels.length; i++) {
            blocks.addAll(Collections.nCopies(convolutions[i], new Convolution(channels[i], 3, 1)));
            blocks.add(new MaxPool(2));
        }
        return new NetworkDefinition("vgg-16", blocks);
    }
}
