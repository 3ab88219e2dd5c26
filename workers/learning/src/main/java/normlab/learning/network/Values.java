package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arrays of a network's variables. */
final class Values {
    private final NDManager manager;
    private final InitialWeights initial;
    private final Map<String, NDArray> arrays = new HashMap<>();
    private final Map<Double, NDArray> numbers = new HashMap<>();
    private Optional<Observer> observer = Optional.empty();
    private String lastWeight = "";

    /** @param manager that the arrays belong to */
    Values(NDManager manager, List<Variable> variables, InitialWeights initial) {
        this.manager = manager;
        this.initial = initial;
        for (Variable variable : variables) {
            NDArray earlier = arrays.put(variable.name(), initial.array(manager, variable));
            if (earlier != null) {
                throw new IllegalArgumentException("two variables have the name '" + variable.name() + "'");
            }
        }
    }

    /** @param observer of what passes from now on; empty: nobody */
    void observe(Optional<Observer> observer) {
        this.observer = observer;
        this.lastWeight = "";
    }

    /** Tells the observer, if there is one, what a layer is about to get. */
    void passes(Layer layer, NDArray x) {
        if (observer.isEmpty()) {
            return;
        }
        Observer eye = observer.get();
        if (layer instanceof Convolution convolution) {
            lastWeight = convolution.weight().name();
            eye.weightInput(lastWeight, x);
        } else if (layer instanceof FullyConnected fullyConnected) {
            lastWeight = fullyConnected.weight().name();
            eye.weightInput(lastWeight, x);
        } else if (layer instanceof Activate activate && !lastWeight.isEmpty()) {
            eye.preActivation(lastWeight, activate.activation(), x);
        } else if (layer instanceof BatchNormalization normaliser) {
            eye.normaliserInput(normaliser.name(), x, of(normaliser.runningMean()), of(normaliser.runningVariance()));
        }
    }

    NDArray of(Variable variable) {
        NDArray array = arrays.get(variable.name());
        if (array == null) {
            throw new IllegalArgumentException("'" + variable.name() + "' is not a variable of this network");
        }
        return array;
    }

    /**
     * A view that belongs to the manager of {@code borrower}. The result of an operation belongs to the manager of the
     * array that it is called on, so one that is called on {@link #of} itself would stay behind in each step.
     */
    NDArray lent(Variable variable, NDArray borrower) {
        NDArray array = of(variable);
        NDArray view = array.reshape(array.getShape());
        view.attach(borrower.getManager());
        return view;
    }

    /**
     * A number as an array that lasts as long as the others. DJL makes one for the duration of {@code mul(Number)}, in
     * memory that Java then collects; PyTorch keeps its address for the gradient, which comes out wrong now and then.
     */
    NDArray number(double value) {
        return numbers.computeIfAbsent(value, v -> initial.number(manager, v));
    }
}
