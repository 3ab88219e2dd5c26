package normlab.experiment;

import static normlab.json.Checks.check;

import normlab.json.Range;
import normlab.json.Ranges;

/**
 * Which images of a dataset are used. The test set is always the complete official one.
 *
 * @param name of the manifest
 * @param trainPerClass the first so many training images of each class; where classes differ in size, at most so many
 * @param validationPerClass the last so many training images of each class: for choices, never for results
 */
public record DatasetSpec(
        String name,
        @Range(atLeast = 1) int trainPerClass,
        @Range(atLeast = 1) int validationPerClass) {
    public DatasetSpec {
        check(name.matches("[a-z0-9-]+"), "name is '%s', expected lower-case letters, digits and -", name);
        Ranges.check(DatasetSpec.class, trainPerClass, validationPerClass);
    }
}
