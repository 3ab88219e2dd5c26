package normlab.app.trace;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskAttempt;
import normlab.trial.JournalRow;
import normlab.trial.TrainingRecord;

/**
 * Why a trial is in the store or not, and how it came there.
 *
 * @param label as the campaign or the experiment names it, or its key
 * @param nearest complete trial that differs least, where this one is not complete
 * @param runs campaigns that planned it
 */
public record Explanation(
        String label,
        String key,
        String prefix,
        boolean complete,
        TrialIdentity identity,
        Optional<Nearest> nearest,
        List<String> runs,
        Chain chain) {
    public Explanation {
        runs = List.copyOf(runs);
    }

    /** @param differences not empty */
    public record Nearest(String key, List<IdentityDifference> differences) {
        public Nearest {
            differences = List.copyOf(differences);
        }
    }

    /**
     * From the data to the scores, as far as it got.
     *
     * @param attempts of the tasks, in the first campaign that trained it; none before it has ended
     */
    public record Chain(
            Optional<Data> data,
            List<JournalRow> journal,
            Optional<TrainingRecord> training,
            Optional<Scored> scored,
            List<TaskAttempt> attempts) {
        public Chain {
            journal = List.copyOf(journal);
            attempts = List.copyOf(attempts);
        }
    }

    /** @param training, validation, test images */
    public record Data(String name, String fingerprint, int training, int validation, int test, String imagesSha256) {}

    public record Scored(double top1, double loss, Instant at, double seconds) {}
}
