package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.experiment.TrialSpec;
import normlab.learning.network.Variable.Role;

/** A network with its parameters on a device. Closing it frees them. */
public final class Network implements AutoCloseable {
    private final NDManager manager;
    private final Sequence layers;
    private final Values values;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> buffers = new ArrayList<>();

    /**
     * A network with the initial weights of the trial's seed.
     *
     * @param inputChannels of the images
     * @throws normlab.json.InvalidInputException if the specification names an unknown network
     */
    public Network(NDManager parent, TrialSpec spec, int inputChannels, int classes) {
        this(
                parent,
                Composition.compose(
                        NetworkDefinition.named(spec.network()),
                        spec.normalization(),
                        spec.activation(),
                        spec.head(),
                        inputChannels,
                        classes),
                new InitialWeights(spec.seed(), DataType.FLOAT32));
    }

    Network(NDManager parent, Sequence layers, InitialWeights initial) {
        this.manager = parent.newSubManager();
        this.layers = layers;
        this.values = new Values(manager, layers.variables(), initial);
        for (Variable variable : layers.variables()) {
            NDArray value = values.of(variable);
            if (variable.learnt()) {
                parameters.add(new Parameter(variable.name(), value, variable.role() == Role.WEIGHT));
            } else if (variable.role() == Role.STATISTIC) {
                buffers.add(new Parameter(variable.name(), value, false));
            }
        }
    }

    /**
     * @param images (N, C, H, W), standardised; the result and all between belong to their manager
     * @return logits (N, classes)
     */
    public NDArray forward(NDArray images, Mode mode) {
        return layers.forward(images, values, mode);
    }

    /** The same, with someone who looks on. */
    public NDArray forward(NDArray images, Mode mode, Observer observer) {
        values.observe(Optional.of(observer));
        try {
            return forward(images, mode);
        } finally {
            values.observe(Optional.empty());
        }
    }

    /** Learnable arrays, in the order of the layers. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** Running statistics, in the order of the layers. */
    public List<Parameter> buffers() {
        return List.copyOf(buffers);
    }

    /** How many values are learnt. */
    public long parameterCount() {
        return parameters.stream().mapToLong(p -> p.value().size()).sum();
    }

    /** How many arrays belong to this network: those of a step must not. */
    int managedArrays() {
        return manager.getManagedArrays().size();
    }

    /** Parameters, then running statistics, under PyTorch's names; the arrays themselves. */
    public List<Tensors.Named> state() {
        return Stream.concat(parameters.stream(), buffers.stream())
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
