package normlab.learning.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private double lossSeen;

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

    /** Starts from the rows of an earlier attempt. @param step optimizer steps that its checkpoint has taken */
    public void resume(List<ProbeRow> earlier, long step) {
        rows.clear();
        earlier.stream().filter(r -> r.step() <= step).forEach(rows::add);
    }

    /**
     * Measures, if it is due: called before each step of an epoch, and once after its last.
     *
     * @param step optimizer steps taken in all
     * @param inEpoch optimizer steps taken in this epoch
     * @param lossSum of the epoch's steps so far, a scalar; it is read only while a level of the loss is awaited
     * @return the seconds that it took
     */
    public double between(long step, long inEpoch, NDArray lossSum) {
        if (prober.isEmpty()) {
            return 0;
        }
        long started = System.nanoTime();
        double recentLoss = recentLoss(inEpoch, lossSum);
        boolean measured = !rows.isEmpty() && rows.getLast().step() == step;
        List<Occasion> due = measured ? List.of() : occasions.due(step, recentLoss, rows);
        if (!due.isEmpty()) {
            double epoch = (double) step / course.stepsPerEpoch();
            double rate = course.rate().applyAsDouble(Math.min(step, course.steps() - 1));
            rows.add(prober.get().measure(new Prober.Moment(step, epoch, due, rate)));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    /** Mean over the steps since the last look, of this epoch alone: a resumed run starts at the same place. */
    private double recentLoss(long inEpoch, NDArray lossSum) {
        long window = Math.max(1, course.stepsPerEpoch() / LOOKS);
        if (inEpoch == 0) {
            lossSeen = 0;
        }
        if (inEpoch == 0 || inEpoch % window != 0 || !occasions.awaitsALoss(rows)) {
            return Double.NaN;
        }
        double sum = lossSum.getDouble();
        double recent = (sum - lossSeen) / window;
        lossSeen = sum;
        return recent;
    }
}
