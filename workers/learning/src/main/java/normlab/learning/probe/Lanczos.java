package normlab.learning.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Lanczos iteration for a symmetric operator, with full reorthogonalisation: Golub and Van Loan, "Matrix Computations",
 * section 10.1. It stores one vector for each step.
 */
final class Lanczos {
    private final UnaryOperator<double[]> operator;
    private final List<double[]> basis = new ArrayList<>();
    private final List<Double> diagonal = new ArrayList<>();
    private final List<Double> offDiagonal = new ArrayList<>();
    private double[] next;

    /** @param start of norm 1 */
    Lanczos(UnaryOperator<double[]> operator, double[] start) {
        this.operator = operator;
        this.next = start;
        step();
    }

    /**
     * @param value of the largest magnitude
     * @param weights of the basis vectors in its vector
     * @param residual ‖Hv − λv‖/|λ|
     */
    record Ritz(double value, double[] weights, double residual) {}

    int steps() {
        return basis.size();
    }

    /** @return whether there is a further direction */
    boolean step() {
        double[] v = next;
        double[] product = operator.apply(v);
        double projection = Vectors.dot(v, product);
        if (!Double.isFinite(projection)) {
            return false;
        }
        basis.add(v);
        diagonal.add(projection);
        // Twice, since rounding in the first pass brings part of the projections back.
        for (int pass = 0; pass < 2; pass++) {
            basis.forEach(b -> Vectors.add(product, -Vectors.dot(b, product), b));
        }
        double norm = Vectors.norm(product);
        offDiagonal.add(norm);
        next = norm == 0 ? product : Vectors.times(1 / norm, product);
        return norm > 0;
    }

    /** The best approximation so far. */
    Ritz largest() {
        int size = steps();
        double[] main = diagonal.stream().mapToDouble(d -> d).toArray();
        double[] secondary =
                offDiagonal.stream().limit(size - 1L).mapToDouble(d -> d).toArray();
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(main, secondary);
        int best = 0;
        for (int i = 1; i < size; i++) {
            best = Math.abs(eigen.getEigenvalue(i)) > Math.abs(eigen.getEigenvalue(best)) ? i : best;
        }
        double value = eigen.getEigenvalue(best);
        double[] weights = eigen.getEigenvector(best).toArray();
        double residual = offDiagonal.getLast() * Math.abs(weights[size - 1]) / Math.abs(value);
        return new Ritz(value, weights, residual);
    }

    double[] vector(Ritz ritz) {
        double[] vector = new double[next.length];
        for (int i = 0; i < ritz.weights().length; i++) {
            Vectors.add(vector, ritz.weights()[i], basis.get(i));
        }
        return vector;
    }
}
