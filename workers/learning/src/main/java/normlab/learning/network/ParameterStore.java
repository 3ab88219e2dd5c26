package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arrays of a network's parameters, which its layers look up by their specifications. */
final class ParameterStore {
    private static final Arithmetic AS_STORED = new Arithmetic.AsStored();

    private final NDManager manager;
    private final WeightInitializer initializer;
    private final Arithmetic training;
    private final Map<String, NDArray> arrays = new HashMap<>();
    private final Map<Double, NDArray> numbers = new HashMap<>();
    private Optional<ForwardHook> hook = Optional.empty();
    private String lastWeight = "";

    /**
     * @param manager that the arrays belong to
     * @param training in what training computes
     * @throws IllegalArgumentException if two parameters have the same name
     */
    ParameterStore(
            NDManager manager, List<ParameterSpec> parameters, WeightInitializer initializer, Arithmetic training) {
        this.manager = manager;
        this.initializer = initializer;
        this.training = training;
        for (ParameterSpec spec : parameters) {
            NDArray earlier = arrays.put(spec.name(), initializer.array(manager, spec));
            if (earlier != null) {
                throw new IllegalArgumentException("two parameters have the name '" + spec.name() + "'");
            }
        }
    }

    /** Evaluation computes with the parameters as they are stored, so a model is scored as others compute it. */
    Arithmetic arithmetic(Mode mode) {
        return switch (mode) {
            case TRAINING -> training;
            case EVALUATION -> AS_STORED;
        };
    }

    /** @param hook called from now on; empty: none */
    void setHook(Optional<ForwardHook> hook) {
        this.hook = hook;
        this.lastWeight = "";
    }

    /** Shows the hook, if there is one, the input of a layer. */
    void beforeForward(Layer layer, NDArray x) {
        hook.ifPresent(h -> show(h, layer, x));
    }

    /** No default branch: a new kind of layer does not compile before it says here what probes see of it. */
    private void show(ForwardHook shown, Layer layer, NDArray x) {
        switch (layer) {
            case Convolution convolution -> showWeights(shown, convolution.weight(), x);
            case FullyConnected fullyConnected -> showWeights(shown, fullyConnected.weight(), x);
            case ActivationLayer activation -> {
                if (!lastWeight.isEmpty()) {
                    shown.preActivation(lastWeight, activation.activation(), x);
                }
            }
            case Normaliser normaliser ->
                shown.normaliserInput(normaliser.name(), x, normaliser.runningMoments(x, this));
            case Concatenation ignored -> {}
            case InputScale ignored -> {}
            case Pool ignored -> {}
            case Residual ignored -> {}
            case Sequential ignored -> {}
            case Residual.ZeroPadded ignored -> {}
        }
    }

    private void showWeights(ForwardHook shown, ParameterSpec weight, NDArray x) {
        lastWeight = weight.name();
        shown.weightInput(lastWeight, x);
    }

    /** @throws IllegalArgumentException if this network has no such parameter */
    NDArray get(ParameterSpec spec) {
        NDArray array = arrays.get(spec.name());
        if (array == null) {
            throw new IllegalArgumentException("'" + spec.name() + "' is not a parameter of this network");
        }
        return array;
    }

    /**
     * A view that belongs to the manager of {@code borrower}. DJL gives the result of an operation to the manager of the
     * array that it is called on, so the result of a call on {@link #get} itself would stay in memory after the step.
     */
    NDArray view(ParameterSpec spec, NDArray borrower) {
        NDArray array = get(spec);
        NDArray view = array.reshape(array.getShape());
        view.attach(borrower.getManager());
        return view;
    }

    /**
     * A number as an array that lives as long as the parameters. DJL's {@code mul(Number)} makes an array, closes it at
     * once and leaves its memory to the garbage collector, while PyTorch keeps the address for the gradient: now and then
     * the gradient comes out wrong.
     */
    NDArray number(double value) {
        return numbers.computeIfAbsent(value, v -> initializer.number(manager, v));
    }
}
