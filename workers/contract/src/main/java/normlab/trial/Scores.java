package normlab.trial;

import java.util.List;

/**
 * Measured on a whole set of images.
 *
 * @param top1 share classified rightly, in [0, 1]
 * @param top5 share whose class is among the five most probable
 * @param perClass share classified rightly of each class, by class index
 * @param confusion [true class][predicted class] → images
 */
public record Scores(double loss, double top1, double top5, List<Double> perClass, List<List<Integer>> confusion) {
    public Scores {
        perClass = List.copyOf(perClass);
        confusion = confusion.stream().map(List::copyOf).toList();
    }
}
