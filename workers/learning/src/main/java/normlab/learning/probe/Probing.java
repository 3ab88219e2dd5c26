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
 * The probes of one training, if its trial has any. They look at the network between two steps and change nothing: what
 * they compute, they compute on a copy. The rows depend on the trial and on the steps taken alone, so they are the same
 * after a resume, once {@link #resume} has been given those up to there.
 */
public final class Probing {
    /** So many times an epoch the training loss is looked at, while a level of it is awaited. */
    private static final int LOOKS = 8;

    private final Optional<Prober> prober;
    private final Occasions occasions;
    private final Course course;
    private final List<ProbeRow> rows = new ArrayList<>();

    /**
     * How the training runs.
     *
     * @param stepsPerEpoch of the optimizer
     * @param steps in all
     * @param rate learning rate by step, from 0
     */
    public record Course(long stepsPerEpoch, long steps, LongToDoubleFunction rate) {}

    /**
     * @param manager of the copy and all that is computed on it
     * @param network that is trained
     * @param copy a network of the same trial, to compute on; used only if the trial has probes
     * @param train the training images
     */
    public Probing(
            NDManager manager,
            TrialSpec spec,
            Network network,
            Supplier<Network> copy,
            Samples train,
            Course course,
            Clock clock) {
        this.course = course;
        this.prober = spec.probes().map(p -> new Prober(manager, spec, p, network, copy.get(), train, clock));
        this.occasions = new Occasions(spec.probes(), course.steps(), course.rate());
    }

    /** What has been measured so far, in the order of the steps. */
    public List<ProbeRow> rows() {
        return List.copyOf(rows);
    }

    /** Starts from the rows of an earlier attempt, up to its checkpoint. */
    public void resume(List<ProbeRow> earlier) {
        rows.clear();
        rows.addAll(earlier);
    }

    /**
     * Measures, if it is due: called before each step of an epoch, and once after its last.
     *
     * @param step optimizer steps taken in all
     * @param inEpoch optimizer steps taken in this epoch
     * @param recentLoss mean over the last so many steps of this epoch; asked for only while a level of the loss is
     *     awaited, since it is read from the device
     * @return the seconds that it took
     */
    public double between(long step, int inEpoch, IntToDoubleFunction recentLoss) {
        if (prober.isEmpty()) {
            return 0;
        }
        long started = System.nanoTime();
        double loss = lossSinceLastLook(inEpoch, recentLoss);
        boolean measured = !rows.isEmpty() && rows.getLast().step() == step;
        List<Occasion> due = measured ? List.of() : occasions.due(step, loss, rows);
        if (!due.isEmpty()) {
            double epoch = (double) step / course.stepsPerEpoch();
            double rate = course.rate().applyAsDouble(Math.min(step, course.steps() - 1));
            rows.add(prober.get().measure(new Prober.Moment(step, epoch, due, rate)));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /** Of this epoch alone, as a resumed run looks at the same places; NaN where it is no time to look. */
    private double lossSinceLastLook(int inEpoch, IntToDoubleFunction recentLoss) {
        int window = Math.toIntExact(Math.max(1, course.stepsPerEpoch() / LOOKS));
        boolean look = inEpoch > 0 && inEpoch % window == 0 && occasions.awaitsALoss(rows);
        return look ? recentLoss.applyAsDouble(window) : Double.NaN;
    }
}
