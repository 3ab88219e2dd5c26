package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.learning.network.Variable.Role;

/** c·x/√(E[x²] + ε) over all axes but the second: normalization without centring, for ablations. */
record RootMeanSquareNormalization(String name, double c, Variable runningMeanSquare, double momentum, double epsilon)
        implements Layer {
    static RootMeanSquareNormalization of(String name, int channels, double c, double epsilon, double momentum) {
        Variable running = Variable.filled(name + ".running_mean_square", new Shape(channels), Role.STATISTIC, 1);
        return new RootMeanSquareNormalization(name, c, running, momentum, epsilon);
    }

    @Override
    public NDArray forward(NDArray x, Values values, Mode mode) {
        Shape shape = x.getShape();
        NDArray meanSquare;
        if (mode == Mode.TRAINING) {
            Statistics.requireTwoValues(name, shape);
            int[] axes = shape.dimension() == 4 ? new int[] {0, 2, 3} : new int[] {0};
            double share = 1.0 / Statistics.valuesPerChannel(shape);
            meanSquare = x.square().sum(axes, true).mul(values.number(share));
            Statistics.move(runningMeanSquare, meanSquare, momentum, values);
        } else {
            meanSquare = values.lent(runningMeanSquare, x).reshape(Statistics.broadcast(shape));
        }
        return x.div(
                meanSquare.add(values.number(epsilon)).div(values.number(c * c)).sqrt());
    }

    @Override
    public List<Variable> variables() {
        return List.of(runningMeanSquare);
    }
}
