package normlab.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.Ending;
import normlab.app.worker.DamagedStore;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.Campaign;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.WorkflowEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FollowerTest {
    private static final String RUN = "smoke-1";

    @Test
    @Timeout(20)
    void aCampaignWhosePlanIsDamagedIsFollowedToItsEndAllTheSame() throws InterruptedException {
        DamagedStore store = new DamagedStore();
        CampaignArchive archive = new CampaignArchive(store, RUN);
        archive.writePlan(new CampaignPlan(List.of()));
        store.damage(archive.key("plan.json"));
        Heard heard = new Heard();

        CampaignState end = new Follower(new Ending(2), store, heard, RUN, 1).toTheEnd("workflow");

        assertThat(end.campaign().status()).isEqualTo(CampaignStatus.FAILED);
        assertThat(heard.lines).singleElement().asString().contains("plan.json", "is damaged");
    }

    private static final class Heard implements Progress {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void say(String line) {
            lines.add(line);
        }

        @Override
        public void show(Snapshot snapshot) {}

        @Override
        public void ended(String line) {}

        @Override
        public void close() {}
    }

    /** A campaign that fails after so many looks. */
    private static final class Ending implements WorkflowEngine {
        private int looks;

        Ending(int looks) {
            this.looks = looks;
        }

        @Override
        public CampaignState state(String workflowId) {
            CampaignStatus status = looks-- > 0 ? CampaignStatus.RUNNING : CampaignStatus.FAILED;
            Campaign campaign =
                    new Campaign(RUN, workflowId, status, Instant.EPOCH, Optional.empty(), Optional.empty());
            return new CampaignState(campaign, List.of(), List.of(), Optional.empty());
        }

        @Override
        public CampaignState outline(String workflowId) {
            return state(workflowId);
        }

        @Override
        public String start(String run, boolean failFast) {
            throw new UnsupportedOperationException("a follower starts nothing");
        }

        @Override
        public Optional<String> workflowOf(String run) {
            return Optional.of("workflow");
        }

        @Override
        public void cancel(String workflowId, String reason) {
            throw new UnsupportedOperationException("a follower ends nothing");
        }

        @Override
        public void restart(String workflowId) {
            throw new UnsupportedOperationException("a follower starts nothing");
        }

        @Override
        public List<Campaign> campaigns(int atMost) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
