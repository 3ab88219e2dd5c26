package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import normlab.experiment.Precision;
import normlab.provenance.Machine;

/**
 * Narrow arrays are bfloat16. DJL cannot make them, its casts pass no gradient, and asking such an array for its data type
 * ends the process. So the casts are a TorchScript module, written by {@code src/build/python/bfloat16.py}. Most other
 * operations of DJL take its results.
 */
final class Bfloat16 implements Arithmetic {
    private static final String MODULE = "bfloat16.pt";

    private final PtSymbolBlock casts;
    private final NDArray narrowing;
    private final NDArray widening;
    private final boolean fast;

    /** @param manager that the module belongs to */
    static Bfloat16 on(NDManager manager) {
        return new Bfloat16(
                manager,
                manager.getDevice().isGpu()
                        || Precision.BFLOAT16.isFastOn(Machine.current().deviceClass()));
    }

    /**
     * @param fast whether the device multiplies bfloat16. Otherwise products are those of float32 with the same rounded
     *     operands, rounded themselves: what bfloat16 arithmetic computes, and much faster than PyTorch's own substitute
     */
    Bfloat16(NDManager manager, boolean fast) {
        try (InputStream module = Bfloat16.class.getResourceAsStream(MODULE)) {
            if (module == null) {
                throw new IllegalStateException(MODULE + " is not in the build: build it with Maven");
            }
            this.casts = JniUtils.loadModule((PtNDManager) manager, module, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + MODULE, e);
        }
        this.narrowing = method(manager, "narrow");
        this.widening = method(manager, "widen");
        this.fast = fast;
    }

    /** DJL takes the name of the method from an array that is not an argument. */
    private static NDArray method(NDManager manager, String name) {
        NDArray method = manager.create(0f);
        method.setName("module_method:" + name);
        return method;
    }

    private NDArray cast(NDArray method, NDArray array, NDArray borrower) {
        // true: with gradients, where they are recorded at all.
        NDArray result =
                IValueUtils.forward(casts, new NDList(method, array), true).singletonOrThrow();
        result.attach(borrower.getManager());
        return result;
    }

    @Override
    public NDArray narrow(NDArray array) {
        return cast(narrowing, array, array);
    }

    @Override
    public NDArray widen(NDArray array) {
        return cast(widening, array, array);
    }

    @Override
    public NDArray operand(NDArray narrow) {
        return fast ? narrow : widen(narrow);
    }

    @Override
    public NDArray operand(NDArray parameter, NDArray borrower) {
        return operand(cast(narrowing, parameter, borrower));
    }

    @Override
    public NDArray product(NDArray result) {
        return fast ? result : narrow(result);
    }
}
