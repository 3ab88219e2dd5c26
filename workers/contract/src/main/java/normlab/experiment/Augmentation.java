package normlab.experiment;

import static normlab.json.Checks.check;

/**
 * Random changes of the training images, another one of each image in each epoch. They are drawn from the trial's seed,
 * the epoch and the image alone: the same for the arms of a pair.
 *
 * @param crop black pixels added at each side before a part of the image's size is cut out at random; 0: none
 * @param flip whether left and right are exchanged half of the time
 */
public record Augmentation(int crop, boolean flip) {
    public Augmentation {
        check(crop >= 0 && crop <= 64, "crop is %s, expected from 0 to 64 pixels", crop);
        check(crop > 0 || flip, "crop is 0 and flip false, which changes no image; expected null in place of both");
    }
}
