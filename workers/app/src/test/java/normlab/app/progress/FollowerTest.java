package normlab.app.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import normlab.app.worker.DamagedStore;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignStatus;
import normlab.json.InvalidInputException;
import normlab.platform.conductor.Campaign;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.WorkflowEngine;
import normlab.testkit.InMemoryArtifactStore;
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

        CampaignState end = new Follower(
                        new Scripted(CampaignStatus.RUNNING, CampaignStatus.FAILED), store, heard, RUN, 1)
                .toTheEnd("workflow");

        assertThat(end.campaign().status()).isEqualTo(CampaignStatus.FAILED);
        assertThat(heard.lines).singleElement().asString().contains("plan.json", "is damaged");
    }

    @Test
    @Timeout(20)
    void aCampaignThatIsPausedInConductorIsToldOnceWithWhatLetsItContinue() throws InterruptedException {
        Heard heard = new Heard();
        Scripted engine = new Scripted(
                CampaignStatus.RUNNING,
                CampaignStatus.PAUSED,
                CampaignStatus.PAUSED,
                CampaignStatus.RUNNING,
                CampaignStatus.CANCELLED);

        new Follower(engine, new InMemoryArtifactStore(), heard, RUN, 1).toTheEnd("workflow");

        assertThat(heard.lines)
                .containsExactly(
                        "smoke-1 is paused in Conductor; let it continue: ./normlab resume smoke-1",
                        "smoke-1 continues");
    }

    @Test
    @Timeout(20)
    void aWorkflowThatIsRemovedInConductorIsNamedWithWhatStartsItAgain() {
        Follower follower =
                new Follower(new Scripted(CampaignStatus.RUNNING), new InMemoryArtifactStore(), new Heard(), RUN, 1);

        assertThatThrownBy(() -> follower.toTheEnd("workflow"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[smoke-1]")
                .hasMessageContaining("./normlab resume smoke-1");
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

    /** A campaign with a status at each look, and gone afterwards. */
    private static final class Scripted implements WorkflowEngine {
        private final Deque<CampaignStatus> statuses;

        Scripted(CampaignStatus... statuses) {
            this.statuses = new ArrayDeque<>(List.of(statuses));
        }

        @Override
        public CampaignState state(String workflowId) {
            if (statuses.isEmpty()) {
                throw new IllegalArgumentException("no such workflow");
            }
            Campaign campaign =
                    new Campaign(RUN, workflowId, statuses.remove(), Instant.EPOCH, Optional.empty(), Optional.empty());
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
        public void resume(String workflowId) {
            throw new UnsupportedOperationException("a follower starts nothing");
        }

        @Override
        public List<Campaign> campaigns(int atMost) {
            return List.of();
        }

        @Override
        public List<Campaign> running() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
