package normlab.platform.conductor;

import com.netflix.conductor.common.run.Workflow.WorkflowStatus;
import java.time.Instant;
import java.util.Optional;
import normlab.campaign.CampaignStatus;

/**
 * A campaign as Conductor lists it.
 *
 * @param workflowId by which Conductor knows it
 * @param reason why it failed or was cancelled
 */
public record Campaign(
        String id,
        String workflowId,
        CampaignStatus status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<String> reason) {
    static CampaignStatus status(WorkflowStatus status) {
        return switch (status) {
            case RUNNING -> CampaignStatus.RUNNING;
            case PAUSED -> CampaignStatus.PAUSED;
            case COMPLETED -> CampaignStatus.COMPLETED;
            case FAILED, TIMED_OUT -> CampaignStatus.FAILED;
            case TERMINATED -> CampaignStatus.CANCELLED;
        };
    }
}
