package normlab.platform.conductor;

import java.util.List;
import java.util.Optional;

/** Campaigns of trials, run by workers that take the tasks of a campaign: to start, follow and end them. */
public interface WorkflowEngine extends AutoCloseable {
    /** As {@link #start(String, boolean)}, where failed trials do not end the campaign. */
    default String start(String run) {
        return start(run, false);
    }

    /**
     * Starts the campaign of a run, or finds it where it was started before.
     *
     * @param failFast whether the first trial that fails ends the campaign
     * @return id of the workflow
     */
    String start(String run, boolean failFast);

    /** The campaign of a run, whether it has ended or not. */
    Optional<String> workflowOf(String run);

    /**
     * Cheap enough to ask each second.
     *
     * @throws IllegalArgumentException if there is no such workflow
     */
    CampaignState state(String workflowId);

    /**
     * The state without its trials: what the report counted says enough of a completed campaign.
     *
     * @throws IllegalArgumentException if there is no such workflow
     */
    CampaignState outline(String workflowId);

    /** Ends the campaign and all its trials; tasks at work notice within seconds. Does nothing if it has ended. */
    void cancel(String workflowId, String reason);

    /** Plans an ended campaign again under the same id: trials that the plan did not find complete are scheduled
     * again, and those trained since come back at once. */
    void restart(String workflowId);

    /** The most recent campaigns, newest first. */
    List<Campaign> campaigns(int atMost);

    @Override
    void close();
}
