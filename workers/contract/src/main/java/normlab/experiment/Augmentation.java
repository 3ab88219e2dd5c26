package normlab.experiment;

import static normlab.json.Checks.check;

/**
 * Random changes of the training images, drawn anew for each image in each epoch. They depend only on the trial's seed, the
 * epoch and the image, so all arms of a seed see the same.
 *
 * @param crop black pixels added at each side before a random crop of the original size; 0: none
 * @param flip whether each image is mirrored with probability ½
 */
public record Augmentation(int crop, boolean flip) {
    public Augmentation {
        check(crop >= 0 && crop <= 64, "crop is %s, expected from 0 to 64 pixels", crop);
        check(
                crop > 0 || flip,
                "crop is 0 and flip is false, which changes no image; set augmentation to null instead");
    }
}
