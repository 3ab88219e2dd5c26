package normlab.report.analysis;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import normlab.experiment.Activation;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.Sample;

/**
 * The trials of one activation and arm.
 *
 * @param trials the trials, by seed
 */
public record Cell(Activation activation, String arm, List<TrialOutcome> trials) {
    public Cell {
        trials = List.copyOf(trials);
    }

    /** Values by seed, for the trials that have one. */
    public TreeMap<Long, Double> values(Quantity quantity) {
        TreeMap<Long, Double> values = new TreeMap<>();
        for (TrialOutcome trial : trials) {
            quantity.of(trial).ifPresent(value -> values.put(trial.spec().seed(), value));
        }
        return values;
    }

    /** Size, mean and spread of the values; empty if no trial has one. */
    public Optional<Sample> sample(Quantity quantity) {
        TreeMap<Long, Double> values = values(quantity);
        return values.isEmpty() ? Optional.empty() : Optional.of(Sample.of(values.values()));
    }

    public int diverged() {
        return (int) trials.stream().filter(TrialOutcome::diverged).count();
    }

    public int failed() {
        return (int) trials.stream().filter(TrialOutcome::failed).count();
    }

    public List<Long> seeds() {
        return trials.stream().map(t -> t.spec().seed()).toList();
    }

    /** Keys of the trials with this seed. */
    public List<String> keys(long seed) {
        return trials.stream()
                .filter(t -> t.spec().seed() == seed)
                .map(t -> t.planned().key())
                .toList();
    }

    public boolean diverged(long seed) {
        return trials.stream().anyMatch(t -> t.spec().seed() == seed && t.diverged());
    }
}
