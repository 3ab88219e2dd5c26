package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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

    /** Parameters and running statistics in the safetensors format, with PyTorch's names and layouts. */
    public byte[] toSafetensors() {
        return Tensors.encode(Stream.concat(parameters().stream(), buffers().stream())
                .map(p -> new Tensors.Named(p.name(), p.value()))
                .toList());
    }

    /** Takes over what {@link #toSafetensors()} wrote; further arrays in it are left alone. */
    public void load(byte[] safetensors) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList stored = Tensors.decode(scratch, safetensors);
            Stream.concat(parameters().stream(), buffers().stream())
                    .forEach(p -> Tensors.copy(stored, p.name(), p.value()));
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
