package normlab.platform.conductor;

import java.util.Optional;
import normlab.task.Tasks.TrialInput;

/** Which workers may train a trial. */
@FunctionalInterface
public interface TrialRouting {
    /** Where all workers can train all trials. */
    TrialRouting ANYWHERE = trial -> Optional.empty();

    /** The domain whose workers take the trial's training; none: those that serve no domain. */
    Optional<String> domain(TrialInput trial);
}
