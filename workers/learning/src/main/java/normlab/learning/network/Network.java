package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import normlab.experiment.Precision;
import normlab.experiment.TrialSpec;
import normlab.learning.network.ParameterSpec.Role;

/** A network with its parameters on a device. Closing it frees them. */
public final class Network implements AutoCloseable {
    private final NDManager manager;
    private final Sequential layers;
    private final ParameterStore store;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> buffers = new ArrayList<>();

    /**
     * A learnable array, or a running statistic.
     *
     * @param name as in {@code model.safetensors}: {@code conv1.weight}
     * @param decayed whether weight decay applies: weights yes, biases and normalization parameters no
     */
    public record Parameter(String name, NDArray value, boolean decayed) {}

    /**
     * Creates a network with the initial weights of the trial's seed.
     *
     * @param inputChannels of the images
     * @throws normlab.json.InvalidInputException if the specification names an unknown network
     */
    public Network(NDManager parent, TrialSpec spec, int inputChannels, int classes) {
        this(parent, spec, inputChannels, classes, spec.recipe().precision());
    }

    /** The same, computing in another precision than the trial's. */
    public Network(NDManager parent, TrialSpec spec, int inputChannels, int classes, Precision precision) {
        this(
                parent,
                NetworkBuilder.build(NetworkDefinition.named(spec.network()), Design.of(spec), inputChannels, classes),
                new WeightInitializer(spec.seed(), DataType.FLOAT32),
                precision);
    }

    Network(NDManager parent, Sequential layers, WeightInitializer initializer, Precision precision) {
        this.manager = parent.newSubManager();
        this.layers = layers;
        Arithmetic training = switch (precision) {
            case FLOAT32 -> new Arithmetic.AsStored();
            case BFLOAT16 -> Bfloat16.on(manager);
        };
        this.store = new ParameterStore(manager, layers.parameters(), initializer, training);
        for (ParameterSpec spec : layers.parameters()) {
            NDArray value = store.get(spec);
            if (spec.learnable()) {
                parameters.add(new Parameter(spec.name(), value, spec.role() == Role.WEIGHT));
            } else if (spec.role() == Role.BUFFER) {
                buffers.add(new Parameter(spec.name(), value, false));
            }
        }
    }

    /**
     * @param images (N, C, H, W), standardised; the result and all intermediate arrays belong to their manager
     * @return logits (N, classes)
     */
    public NDArray forward(NDArray images, Mode mode) {
        return layers.forward(store.arithmetic(mode).narrow(images), store, mode);
    }

    /** The same, calling the hook on the way. */
    public NDArray forward(NDArray images, Mode mode, ForwardHook hook) {
        store.setHook(Optional.of(hook));
        try {
            return forward(images, mode);
        } finally {
            store.setHook(Optional.empty());
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

    /** Whether it has normalisers, so that it computes differently in training and in evaluation. */
    public boolean hasStatistics() {
        return !buffers.isEmpty();
    }

    Sequential layers() {
        return layers;
    }

    ParameterStore store() {
        return store;
    }

    /** How many numbers are learned. */
    public long parameterCount() {
        return parameters.stream().mapToLong(p -> p.value().size()).sum();
    }

    /** How many arrays belong to this network; those of a step must not. */
    int managedArrays() {
        return manager.getManagedArrays().size();
    }

    /** The parameters, then the running statistics, under PyTorch's names; not copies. */
    public List<Safetensors.Named> state() {
        return Stream.concat(parameters.stream(), buffers.stream())
                .map(p -> new Safetensors.Named(p.name(), p.value()))
                .toList();
    }

    /** {@link #state()} in the safetensors format, in PyTorch's layouts. */
    public byte[] toSafetensors() {
        return toSafetensors(ByteBuffer::allocate).array();
    }

    /** As {@link #toSafetensors()}. @param memory gives the buffer that is filled */
    public ByteBuffer toSafetensors(IntFunction<ByteBuffer> memory) {
        return Safetensors.encode(state(), memory);
    }

    /**
     * Loads what {@link #toSafetensors()} wrote and ignores further arrays in it.
     *
     * @throws IllegalArgumentException if an array is missing or has another shape; nothing is changed then
     */
    public void load(ByteBuffer safetensors) {
        try (NDManager scratch = manager.newSubManager()) {
            Safetensors.copy(Safetensors.decode(scratch, safetensors), state());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
