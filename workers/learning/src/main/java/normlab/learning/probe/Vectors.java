package normlab.learning.probe;

import normlab.learning.random.RandomStream;

/** Arithmetic on vectors in double precision, in a fixed order. */
final class Vectors {
    private Vectors() {}

    static double dot(double[] a, double[] b, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double dot(double[] a, double[] b) {
        return dot(a, b, 0, a.length);
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** target ← target + factor·a. */
    static void add(double[] target, double factor, double[] a) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * a[i];
        }
    }

    static double[] times(double factor, double[] a) {
        double[] product = new double[a.length];
        add(product, factor, a);
        return product;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    /** Uniform on the unit sphere. */
    static double[] direction(RandomStream random, int size) {
        double[] v = new double[size];
        for (int i = 0; i < size; i++) {
            v[i] = random.nextNormal();
        }
        return times(1 / norm(v), v);
    }
}
