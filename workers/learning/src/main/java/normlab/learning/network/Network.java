package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;
import normlab.experiment.TrialSpec;

/** A network with its parameters on a device. Closing it frees them. */
public final class Network implements AutoCloseable {
    private final NDManager manager;
    private final List<Layer> layers;

    /**
     * A network with the initial weights of the trial's seed.
     *
     * @param inputChannels of the images
     * @throws normlab.json.InvalidInputException if the specification names an unknown network
     */
    public Network(NDManager parent, TrialSpec spec, int inputChannels, int classes) {
        this.manager = parent.newSubManager();
        this.layers = Composition.compose(manager, spec, inputChannels, classes);
    }

    /**
     * @param images (N, C, H, W), standardised; the result and all between belong to their manager
     * @return logits (N, classes)
     */
    public NDArray forward(NDArray images, Mode mode) {
        NDArray x = images;
        for (Layer layer : layers) {
            x = layer.forward(x, mode);
        }
        return x;
    }

    /** Learnable arrays, in the order of the layers. */
    public List<Parameter> parameters() {
        return layers.stream().flatMap(l -> l.parameters().stream()).toList();
    }

    /** Running statistics, in the order of the layers. */
    public List<Parameter> buffers() {
        return layers.stream().flatMap(l -> l.buffers().stream()).toList();
    }

    /** How many values are learnt. */
    public long parameterCount() {
        return parameters().stream().mapToLong(p -> p.value().size()).sum();
    }

    /** Parameters, then running statistics, under PyTorch's names; the arrays themselves. */
    public List<Tensors.Named> state() {
        return Stream.concat(parameters().stream(), buffers().stream())
                .map(p -> new Tensors.Named(p.name(), p.value()))
                .toList();
    }

    /** {@link #state()} in the safetensors format, in PyTorch's layouts. */
    public byte[] toSafetensors() {
        return Tensors.encode(state());
    }

    /**
     * Takes over what {@link #toSafetensors()} wrote; further arrays in it are left alone.
     *
     * @throws IllegalArgumentException if an array is absent or of another shape; nothing is changed then
     */
    public void load(byte[] safetensors) {
        try (NDManager scratch = manager.newSubManager()) {
            Tensors.copy(Tensors.decode(scratch, safetensors), state());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
