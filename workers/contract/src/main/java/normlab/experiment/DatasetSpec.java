package normlab.experiment;

import static normlab.json.Checks.check;

/**
 * Which images of a dataset are used. The test set is always the complete official one.
 *
 * @param name of the manifest
 * @param trainPerClass the first so many training images of each class, in file order
 * @param validationPerClass the last so many training images of each class: for choices, never for results
 */
public record DatasetSpec(String name, int trainPerClass, int validationPerClass) {
    public DatasetSpec {
        check(name.matches("[a-z0-9-]+"), "name is '%s', expected lower-case letters, digits and -", name);
        check(trainPerClass >= 1, "trainPerClass is %s, expected 1 or more", trainPerClass);
        check(validationPerClass >= 1, "validationPerClass is %s, expected 1 or more", validationPerClass);
    }
}
