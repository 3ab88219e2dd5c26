package normlab.campaign;

/** How far a campaign is. A completed one has a report, though some of its trials may have failed. */
public enum CampaignStatus {
    RUNNING,
    /** Somebody paused its workflow: no task starts until it is resumed. */
    PAUSED,
    COMPLETED,
    /** It ended without a report because a task failed permanently or timed out. */
    FAILED,
    /** A person ended it. */
    CANCELLED;

    /** Whether nothing more happens by itself. */
    public boolean ended() {
        return this != RUNNING && this != PAUSED;
    }
}
