package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import normlab.learning.network.ParameterSpec.Role;

/** c·x/√(E[x²] + ε) over all axes but the second: normalization without centring, for ablations. */
record RmsNormalization(String name, double c, ParameterSpec runningMeanSquare, double momentum, double epsilon)
        implements Normaliser {
    static RmsNormalization of(String name, int channels, double c, double epsilon, double momentum) {
        ParameterSpec running =
                ParameterSpec.filled(name + ".running_mean_square", new Shape(channels), Role.BUFFER, 1);
        return new RmsNormalization(name, c, running, momentum, epsilon);
    }

    @Override
    public String operation() {
        return "normaliser without centring";
    }

    @Override
    public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
        Shape shape = x.getShape();
        Arithmetic arithmetic = store.arithmetic(mode);
        NDArray wide = arithmetic.widen(x);
        NDArray meanSquare;
        if (mode == Mode.TRAINING) {
            BatchStatistics.requireTwoValues(name, shape);
            int[] axes = shape.dimension() == 4 ? new int[] {0, 2, 3} : new int[] {0};
            double share = 1.0 / BatchStatistics.valuesPerChannel(shape);
            meanSquare = wide.square().sum(axes, true).mul(store.number(share));
            BatchStatistics.update(runningMeanSquare, meanSquare, momentum, store);
        } else {
            meanSquare = store.view(runningMeanSquare, x).reshape(BatchStatistics.broadcast(shape));
        }
        NDArray root =
                meanSquare.add(store.number(epsilon)).div(store.number(c * c)).sqrt();
        return arithmetic.narrow(wide.div(root));
    }

    @Override
    public Statistics statistics() {
        return new Statistics(Optional.empty(), runningMeanSquare, momentum);
    }

    @Override
    public List<ParameterSpec> parameters() {
        return List.of(runningMeanSquare);
    }
}
