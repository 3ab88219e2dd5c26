package normlab.learning.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongToDoubleFunction;
import normlab.experiment.Probes;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.ProbeRow.Occasion;

/** When to probe: a pure function of the step, the loss and the rows so far, so a resumed training probes at the same steps. */
final class ProbeSchedule {
    private static final double DROP = 0.5;

    private final List<Double> fractions;
    private final List<Double> losses;
    private final boolean beforeDrops;
    private final long steps;
    private final LongToDoubleFunction rate;

    /**
     * @param steps of the whole training
     * @param rate the learning rate of each step
     */
    ProbeSchedule(Optional<Probes> probes, long steps, LongToDoubleFunction rate) {
        this.fractions = probes.map(Probes::fractions).orElse(List.of());
        this.losses = probes.map(Probes::trainingLosses).orElse(List.of());
        this.beforeDrops = probes.map(Probes::beforeRateDrops).orElse(false);
        this.steps = steps;
        this.rate = rate;
    }

    /** Whether a level of the training loss has not been reached yet. */
    boolean awaitsALoss(List<ProbeRow> rows) {
        return !reached(rows).containsAll(losses);
    }

    /**
     * @param step optimizer steps taken
     * @param recentLoss NaN if unknown
     * @param rows those before this step
     */
    List<Occasion> due(long step, double recentLoss, List<ProbeRow> rows) {
        List<Occasion> due = new ArrayList<>();
        for (double fraction : fractions) {
            if (Math.round(fraction * steps) == step) {
                due.add(new Occasion(Kind.FRACTION, fraction));
            }
        }
        Set<Double> reached = reached(rows);
        for (double level : losses) {
            if (recentLoss <= level && !reached.contains(level)) {
                due.add(new Occasion(Kind.TRAINING_LOSS, level));
            }
        }
        if (beforeDrops && drops(step)) {
            due.add(new Occasion(Kind.RATE_DROP, rate.applyAsDouble(step) / rate.applyAsDouble(step - 1)));
        }
        return due;
    }

    /** A constant rate that falls. A cosine falls at every step, which is not a drop. */
    private boolean drops(long step) {
        if (step < 2 || step >= steps) {
            return false;
        }
        double before = rate.applyAsDouble(step - 1);
        return before == rate.applyAsDouble(step - 2) && rate.applyAsDouble(step) <= DROP * before;
    }

    private static Set<Double> reached(List<ProbeRow> rows) {
        Set<Double> reached = new HashSet<>();
        for (ProbeRow row : rows) {
            for (Occasion occasion : row.occasions()) {
                if (occasion.kind() == Kind.TRAINING_LOSS) {
                    reached.add(occasion.value());
                }
            }
        }
        return reached;
    }
}
