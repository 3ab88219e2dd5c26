package normlab.learning.train;

import java.util.List;
import normlab.task.Tasks.TrialInput;
import normlab.trial.JournalRow;

/** Called after each epoch, once its journal row and checkpoint are stored. It must return at once and never throw. */
public interface EpochListener {
    void epochEnded(TrialInput trial, List<JournalRow> journal);
}
