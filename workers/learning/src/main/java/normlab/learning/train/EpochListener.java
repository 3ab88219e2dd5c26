package normlab.learning.train;

import java.util.List;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;

/** Told after each epoch, once its journal and checkpoint are safe. It must return at once and never throw. */
public interface EpochListener {
    void epochEnded(TrialInput trial, List<JournalRow> journal);
}
