package normlab.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import normlab.experiment.Activation;
import normlab.report.analysis.Quantity;
import normlab.report.stats.MeanEstimate;
import normlab.report.stats.Sample;

/**
 * A weighted sum of several cells' values, seed by seed: for a difference, +1 of the treatment and −1 of the baseline.
 *
 * @param differences one per seed that has a value in each cell
 * @param lost seeds without a value in some cell because a trial diverged: judging only the rest would favour the side
 *     that diverges
 * @param trialKeys keys of the trials behind the differences
 */
record Pairs(List<Double> differences, int lost, List<String> trialKeys) {
    private static final Pairs NONE = new Pairs(List.of(), 0, List.of());

    Pairs {
        differences = List.copyOf(differences);
        trialKeys = List.copyOf(trialKeys);
    }

    /** What a cell's values are multiplied with. */
    record Term(double weight, Role role, Activation activation) {}

    /** No differences if a cell was not run. */
    static Pairs of(Evidence evidence, String network, Quantity quantity, List<Term> terms) {
        List<Values> cells = new ArrayList<>();
        for (Term term : terms) {
            Optional<Values> values = evidence.values(network, term.role(), term.activation(), quantity);
            if (values.isEmpty()) {
                return NONE;
            }
            cells.add(values.get());
        }
        return of(cells, terms);
    }

    private static Pairs of(List<Values> cells, List<Term> terms) {
        List<Double> differences = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        int lost = 0;
        for (long seed : new TreeSet<>(cells.getFirst().keys().keySet())) {
            double sum = 0;
            boolean whole = true;
            boolean diverged = false;
            for (int i = 0; i < cells.size(); i++) {
                Double value = cells.get(i).bySeed().get(seed);
                whole &= value != null;
                diverged |= cells.get(i).diverged().contains(seed);
                sum += value == null ? 0 : terms.get(i).weight() * value;
            }
            if (whole) {
                differences.add(sum);
                cells.forEach(c -> keys.addAll(c.keys().getOrDefault(seed, List.of())));
            } else if (diverged) {
                lost++;
            }
        }
        return new Pairs(differences, lost, keys);
    }

    /** The treatment minus the baseline under one activation. */
    static List<Term> difference(Role treatment, Role baseline, Activation activation) {
        return List.of(new Term(1, treatment, activation), new Term(-1, baseline, activation));
    }

    boolean absent() {
        return differences.isEmpty() && lost == 0;
    }

    double mean() {
        return Sample.of(differences).mean();
    }

    Optional<MeanEstimate> estimate() {
        return MeanEstimate.of(differences);
    }
}
