package normlab.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;

/** Whether the native libraries load and compute: a process of its own, since they may end it without a word. */
public final class DeviceCheck {
    private DeviceCheck() {}

    /**
     * Computes a convolution and its gradient on the device of the environment.
     *
     * @return what was found, in a sentence
     * @throws IllegalStateException if the results are wrong
     */
    public static String compute() {
        Engine engine = Engine.getInstance();
        int gpus = engine.getGpuCount();
        try (NDManager manager = ComputeDevice.ofEnvironment().open()) {
            NDArray images = manager.ones(new Shape(2, 3, 8, 8));
            NDArray weights = manager.ones(new Shape(4, 3, 3, 3));
            weights.setRequiresGradient(true);
            float sum;
            try (GradientCollector gradients = engine.newGradientCollector()) {
                NDArray total = Conv2d.conv2d(
                                images, weights, null, new Shape(1, 1), new Shape(0, 0), new Shape(1, 1), 1)
                        .singletonOrThrow()
                        .sum();
                gradients.backward(total);
                sum = total.getFloat();
            }
            float gradient = weights.getGradient().sum().getFloat();
            // 2 images, 4 outputs, 6 × 6 places, 27 products each; the gradient of each weight is 2 × 36.
            require(sum, 2 * 4 * 36 * 27);
            require(gradient, 4 * 27 * 2 * 36);
            return "PyTorch %s sees %d GPUs; a convolution and its gradient are right on %s"
                    .formatted(engine.getVersion(), gpus, manager.getDevice().getDeviceType());
        }
    }

    private static void require(float found, float expected) {
        if (found != expected) {
            throw new IllegalStateException("the device computed %s, expected %s".formatted(found, expected));
        }
    }
}
