package normlab.dataset;

import java.util.Arrays;
import java.util.List;
import normlab.experiment.DatasetSpec;
import normlab.json.InvalidInputException;
import normlab.json.Problems;

/**
 * Which training images are trained on and which are kept for choices: indices into the official training set, in
 * ascending order, disjoint.
 */
record Split(int[] train, int[] validation) {
    /**
     * Of each class the first and the last so many, in the order of the training set.
     *
     * @param labels each below the number of classes
     * @throws InvalidInputException naming every class that has too few images
     */
    static Split of(int[] labels, List<String> classes, DatasetSpec spec) {
        int[] size = sizes(labels, classes);
        checkSizes(size, classes, spec.trainPerClass() + (long) spec.validationPerClass(), spec);
        return of(labels, size, spec);
    }

    /**
     * As {@link #of(int[], List, DatasetSpec)}, for classes of unequal size: of each class the last so many, and of the
     * others at most the first so many.
     */
    static Split atMost(int[] labels, List<String> classes, DatasetSpec spec) {
        int[] size = sizes(labels, classes);
        checkSizes(size, classes, spec.validationPerClass() + 1L, spec);
        return of(labels, size, spec);
    }

    /**
     * A class that is never tested has no accuracy.
     *
     * @param labels of the test images
     * @throws InvalidInputException naming every class without one
     */
    static void requireEachClass(int[] labels, List<String> classes, DatasetSpec spec) {
        int[] size = sizes(labels, classes);
        Problems problems = new Problems();
        for (int label = 0; label < size.length; label++) {
            problems.check(
                    size[label] > 0,
                    "class %s has no test image, so its accuracy cannot be measured; add some, or leave the class out of the manifest"
                            .formatted(classes.get(label)));
        }
        problems.throwIfAny("dataset " + spec.name());
    }

    private static int[] sizes(int[] labels, List<String> classes) {
        int[] size = new int[classes.size()];
        for (int label : labels) {
            size[label]++;
        }
        return size;
    }

    private static Split of(int[] labels, int[] size, DatasetSpec spec) {
        int[] train = new int[labels.length];
        int[] validation = new int[labels.length];
        int[] seen = new int[size.length];
        int trained = 0;
        int validated = 0;
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            int rank = seen[label]++;
            if (rank >= size[label] - spec.validationPerClass()) {
                validation[validated++] = i;
            } else if (rank < spec.trainPerClass()) {
                train[trained++] = i;
            }
        }
        return new Split(Arrays.copyOf(train, trained), Arrays.copyOf(validation, validated));
    }

    private static void checkSizes(int[] size, List<String> classes, long needed, DatasetSpec spec) {
        Problems problems = new Problems();
        for (int label = 0; label < size.length; label++) {
            problems.check(
                    size[label] >= needed,
                    "class %s has %d training images, and trainPerClass %d with validationPerClass %d need %d"
                            .formatted(
                                    classes.get(label),
                                    size[label],
                                    spec.trainPerClass(),
                                    spec.validationPerClass(),
                                    needed));
        }
        problems.throwIfAny("dataset " + spec.name());
    }

    long sumOfTrainIndices() {
        return Arrays.stream(train).asLongStream().sum();
    }
}
