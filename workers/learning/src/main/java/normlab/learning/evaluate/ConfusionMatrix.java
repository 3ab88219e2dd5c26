package normlab.learning.evaluate;

import java.util.ArrayList;
import java.util.List;
import normlab.trial.Scores;

/** Predictions by class, counted image by image, with loss and top-5 hits. Of equal logits the lower class wins. */
final class ConfusionMatrix {
    private final int classes;
    private final int[][] confusion;
    private double loss;
    private int images;
    private int top5;

    ConfusionMatrix(int classes) {
        this.classes = classes;
        this.confusion = new int[classes][classes];
    }

    void add(float[] logits, int label) {
        int best = 0;
        int ahead = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            highest = Math.max(highest, logits[c]);
            best = logits[c] > logits[best] ? c : best;
            if (logits[c] > logits[label] || (logits[c] == logits[label] && c < label)) {
                ahead++;
            }
        }
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp(logit - highest);
        }
        loss += highest + StrictMath.log(sum) - logits[label];
        confusion[label][best]++;
        top5 += ahead < 5 ? 1 : 0;
        images++;
    }

    Scores scores() {
        List<Double> perClass = new ArrayList<>();
        List<List<Integer>> rows = new ArrayList<>();
        int hits = 0;
        for (int c = 0; c < classes; c++) {
            List<Integer> row = new ArrayList<>();
            int total = 0;
            for (int count : confusion[c]) {
                row.add(count);
                total += count;
            }
            rows.add(row);
            hits += confusion[c][c];
            perClass.add(total == 0 ? 0.0 : (double) confusion[c][c] / total);
        }
        return new Scores(loss / images, (double) hits / images, (double) top5 / images, perClass, rows);
    }
}
