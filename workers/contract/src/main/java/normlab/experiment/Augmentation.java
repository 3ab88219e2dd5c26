package normlab.experiment;

import static normlab.json.Checks.check;

import normlab.json.Range;
import normlab.json.Ranges;

/**
 * Random changes of the training images, drawn anew for each image in each epoch. They depend only on the trial's seed, the
 * epoch and the image, so all arms of a seed see the same.
 *
 * @param crop black pixels added at each side before a random crop of the original size; 0: none
 * @param flip whether each image is mirrored with probability ½
 */
public record Augmentation(@Range(atLeast = 0, atMost = 64) int crop, boolean flip) {
    public Augmentation {
        Ranges.check(Augmentation.class, crop);
        check(
                crop > 0 || flip,
                "crop is 0 and flip is false, which changes no image; set augmentation to null instead");
    }
}
