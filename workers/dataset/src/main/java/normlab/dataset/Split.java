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
     * Of each class the first and the last so many, in file order.
     *
     * @param labels each below the number of classes
     * @throws InvalidInputException naming every class that has too few images
     */
    static Split of(byte[] labels, List<String> classes, DatasetSpec spec) {
        int[] size = new int[classes.size()];
        for (byte label : labels) {
            size[Byte.toUnsignedInt(label)]++;
        }
        checkSizes(size, classes, spec);
        int[] train = new int[Math.multiplyExact(spec.trainPerClass(), size.length)];
        int[] validation = new int[Math.multiplyExact(spec.validationPerClass(), size.length)];
        int[] seen = new int[size.length];
        int trained = 0;
        int validated = 0;
        for (int i = 0; i < labels.length; i++) {
            int label = Byte.toUnsignedInt(labels[i]);
            int rank = seen[label]++;
            if (rank < spec.trainPerClass()) {
                train[trained++] = i;
            } else if (rank >= size[label] - spec.validationPerClass()) {
                validation[validated++] = i;
            }
        }
        return new Split(train, validation);
    }

    private static void checkSizes(int[] size, List<String> classes, DatasetSpec spec) {
        long needed = (long) spec.trainPerClass() + spec.validationPerClass();
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
