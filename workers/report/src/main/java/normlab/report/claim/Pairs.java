package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Quantity;

/**
 * Values of a treatment and a baseline with the same seed.
 *
 * @param differences treatment minus baseline, by seed
 * @param lost pairs without a value on both sides because a trial diverged: judging only the rest would favour the
 *     side that diverges
 * @param trialKeys keys of the trials on both sides of each pair
 */
record Pairs(List<Double> differences, int lost, List<String> trialKeys) {
    static Pairs of(
            Analysis analysis,
            Quantity quantity,
            Role treatment,
            Activation under,
            Role baseline,
            Activation baselineUnder) {
        Optional<Cell> treated = treatment.arm(analysis).map(arm -> analysis.cell(under, arm));
        Optional<Cell> compared = baseline.arm(analysis).map(arm -> analysis.cell(baselineUnder, arm));
        return treated.isPresent() && compared.isPresent()
                ? of(quantity, treated.get(), compared.get())
                : new Pairs(List.of(), 0, List.of());
    }

    private static Pairs of(Quantity quantity, Cell treatment, Cell baseline) {
        List<Double> differences = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int lost = 0;
        for (long seed : treatment.seeds()) {
            Double treated = treatment.values(quantity).get(seed);
            Double compared = baseline.values(quantity).get(seed);
            if (treated != null && compared != null) {
                differences.add(treated - compared);
                keys.addAll(treatment.keys(seed));
                keys.addAll(baseline.keys(seed));
            } else if (treatment.diverged(seed) || baseline.diverged(seed)) {
                lost++;
            }
        }
        return new Pairs(List.copyOf(differences), lost, List.copyOf(keys));
    }
}
