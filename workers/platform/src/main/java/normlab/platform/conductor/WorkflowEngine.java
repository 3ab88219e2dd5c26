package normlab.platform.conductor;

import java.util.List;
import java.util.Optional;

/** Starts, follows and ends campaigns, whose tasks are run by workers. */
public interface WorkflowEngine extends AutoCloseable {
    /** As {@link #start(String, boolean)}; failed trials do not end the campaign. */
    default String start(String campaign) {
        return start(campaign, false);
    }

    /**
     * Starts the campaign, or finds it if it was started before.
     *
     * @param failFast whether the first trial that fails ends the campaign
     * @return id of the workflow
     */
    String start(String campaign, boolean failFast);

    /** The workflow of a campaign, running or ended. */
    Optional<String> workflowOf(String campaign);

    /**
     * The state with all trials; cheap enough to be read each second.
     *
     * @throws IllegalArgumentException if there is no such workflow
     */
    CampaignState state(String workflowId);

    /**
     * The state without its trials: of a completed campaign the report has the counts.
     *
     * @throws IllegalArgumentException if there is no such workflow
     */
    CampaignState outline(String workflowId);

    /** Ends the campaign and all its trials; running tasks notice within seconds. Does nothing if it has ended. */
    void cancel(String workflowId, String reason);

    /**
     * Runs an ended campaign again under the same id: trials that the plan did not find complete are scheduled again, and
     * those trained since then complete at once.
     */
    void restart(String workflowId);

    /** Lets a campaign continue that somebody paused, and those of its trials; does nothing if none is paused. */
    void resume(String workflowId);

    /** The most recent campaigns, newest first. */
    List<Campaign> campaigns(int atMost);

    /** All campaigns that have not ended, however many newer ones there are. */
    List<Campaign> running();

    @Override
    void close();
}
