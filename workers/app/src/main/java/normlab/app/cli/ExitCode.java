package normlab.app.cli;

import normlab.app.trace.RerunComparison;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.ConductorUnavailableException;
import normlab.platform.process.ProcessException;
import normlab.port.RunTracker;
import normlab.port.StoreException;
import normlab.task.TaskFailure;

/** What the command line tells its caller. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int SOME_TRIALS_FAILED = 1;
    /** Two things that should be equal are not. */
    public static final int DIFFERENT = 1;

    public static final int CONFIGURATION = 2;
    public static final int CLAIM_NOT_SUPPORTED = 3;
    public static final int CANCELLED = 4;
    public static final int SERVICE_UNREACHABLE = 5;

    private ExitCode() {}

    static int of(Throwable failure) {
        return switch (failure) {
            case InvalidInputException ignored -> CONFIGURATION;
            case ProcessException ignored -> SERVICE_UNREACHABLE;
            case ConductorUnavailableException ignored -> SERVICE_UNREACHABLE;
            case RunTracker.TrackerException ignored -> SERVICE_UNREACHABLE;
            case TaskFailure task -> task.isPermanent() ? CONFIGURATION : SERVICE_UNREACHABLE;
            case StoreException store -> store.retryable() ? SERVICE_UNREACHABLE : CONFIGURATION;
            default -> SOME_TRIALS_FAILED;
        };
    }

    static int of(CampaignSummary summary) {
        return switch (summary.state()) {
            case RUNNING, PAUSED -> DONE;
            case COMPLETED -> completed(summary);
            case FAILED -> SOME_TRIALS_FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    private static int completed(CampaignSummary summary) {
        if (summary.trials().failed() > 0) {
            return SOME_TRIALS_FAILED;
        }
        return summary.rerun()
                        .filter(r -> r.standing() == RerunComparison.Agreement.DIFFERENT)
                        .isPresent()
                ? DIFFERENT
                : DONE;
    }
}
