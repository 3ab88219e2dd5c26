package normlab.learning.probe;

import ai.djl.ndarray.NDManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongToDoubleFunction;
import java.util.function.Supplier;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Samples;
import normlab.learning.network.Network;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Occasion;

/**
 * Runs the probes of one training, if its trial has any, and keeps their rows. Probes look at the network between two steps
 * and compute on a copy, so they do not change the training. The rows depend only on the trial and the steps taken: they
 * are the same after a resume, once {@link #resume} has been given the earlier ones.
 */
public final class ProbeRecorder {
    /** How often in an epoch the training loss is read while a level of it is awaited. */
    private static final int LOOKS = 8;

    private final Optional<ProbeSuite> suite;
    private final ProbeSchedule schedule;
    private final StepSchedule steps;
    private final List<ProbeRow> rows = new ArrayList<>();

    /**
     * The steps of a training.
     *
     * @param perEpoch optimizer steps in an epoch
     * @param total optimizer steps in all
     * @param rate the learning rate of each step, from 0
     */
    public record StepSchedule(long perEpoch, long total, LongToDoubleFunction rate) {}

    /**
     * @param manager of the copy and all that is computed on it
     * @param network the one in training
     * @param copy a network of the same trial, to compute on; used only if the trial has probes
     * @param train the training images
     */
    public ProbeRecorder(
            NDManager manager,
            TrialSpec spec,
            Network network,
            Supplier<Network> copy,
            Samples train,
            StepSchedule steps,
            Clock clock) {
        this.steps = steps;
        this.suite = spec.probes().map(p -> new ProbeSuite(manager, spec, p, network, copy.get(), train, clock));
        this.schedule = new ProbeSchedule(spec.probes(), steps.total(), steps.rate());
    }

    /** The rows so far, in the order of their steps. */
    public List<ProbeRow> rows() {
        return List.copyOf(rows);
    }

    /** Continues from the rows of an earlier attempt, up to its checkpoint. */
    public void resume(List<ProbeRow> earlier) {
        rows.clear();
        rows.addAll(earlier);
    }

    /**
     * Measures if a probe is due. Called before each step of an epoch and once after its last.
     *
     * @param step optimizer steps taken in all
     * @param inEpoch optimizer steps taken in this epoch
     * @param recentLoss the mean loss of the last so many steps of this epoch; called only while a level of the loss is
     *     awaited, since it waits for the device
     * @return the seconds it took
     */
    public double betweenSteps(long step, int inEpoch, IntToDoubleFunction recentLoss) {
        if (suite.isEmpty()) {
            return 0;
        }
        long started = System.nanoTime();
        double loss = lossSinceLastLook(inEpoch, recentLoss);
        boolean measured = !rows.isEmpty() && rows.getLast().step() == step;
        List<Occasion> due = measured ? List.of() : schedule.due(step, loss, rows);
        if (!due.isEmpty()) {
            double epoch = (double) step / steps.perEpoch();
            double rate = steps.rate().applyAsDouble(Math.min(step, steps.total() - 1));
            rows.add(suite.get().measure(new ProbeSuite.Moment(step, epoch, due, rate)));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /** Only of this epoch, so that a resumed training reads it at the same steps; NaN at other steps. */
    private double lossSinceLastLook(int inEpoch, IntToDoubleFunction recentLoss) {
        int window = Math.toIntExact(Math.max(1, steps.perEpoch() / LOOKS));
        boolean look = inEpoch > 0 && inEpoch % window == 0 && schedule.awaitsALoss(rows);
        return look ? recentLoss.applyAsDouble(window) : Double.NaN;
    }
}
