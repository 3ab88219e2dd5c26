package normlab.learning.network;

import java.util.ArrayList;
import java.util.List;

/** Chains of convolutions without shortcuts. */
final class PlainNetworks {
    private PlainNetworks() {}

    static List<NetworkDefinition> all() {
        return List.of(plain(8), plain(14), plain(20));
    }

    /**
     * The quick benchmark's network and its deeper sisters: half of the 3×3 convolutions with 16 channels, half with 32;
     * 28 → 14 → 7 pixels.
     *
     * @param depth how many convolutions
     */
    private static NetworkDefinition plain(int depth) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage.Convolution(16, 3, 2));
        for (int i = 1; i < depth / 2; i++) {
            stages.add(new Stage.Convolution(16, 3, 1));
        }
        stages.add(new Stage.MaxPool(2));
        for (int i = 0; i < depth / 2; i++) {
            stages.add(new Stage.Convolution(32, 3, 1));
        }
        return new NetworkDefinition("plain-" + depth, stages);
    }
}
