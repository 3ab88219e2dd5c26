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
import normlab.platform.conductor.TrialBranch;
import normlab.platform.conductor.WorkflowEngine;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.TrialId;
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

    @Test
    void aStepThatNoWorkerTakesIsNamedWithTheCommandThatHelps() {
        CampaignState queued = state(
                CampaignStatus.RUNNING, List.of(attempt("plan", TaskStatus.SCHEDULED, Optional.empty())), List.of());
        assertThat(Waiting.of(RUN, queued)).hasValue("plan waits for a worker; is one up: ./normlab doctor");

        CampaignState putBack = state(
                CampaignStatus.RUNNING,
                List.of(attempt("report", TaskStatus.SCHEDULED, Optional.of(Instant.EPOCH))),
                List.of());
        assertThat(Waiting.of(RUN, putBack)).hasValue("report will be tried again; why: ./normlab logs -f");
    }

    @Test
    void trialsThatWaitForASlotAreCountedAndPausedOnesNamed() {
        List<TaskAttempt> steps = List.of(attempt("plan", TaskStatus.COMPLETED, Optional.of(Instant.EPOCH)));
        TrialBranch queued = branch(1, false);
        TrialBranch paused = branch(2, true);

        assertThat(Waiting.of(RUN, state(CampaignStatus.RUNNING, steps, List.of(queued, paused))))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("2 of its trials wait for a slot")
                        .contains("./normlab doctor"));
        assertThat(Waiting.of(RUN, state(CampaignStatus.RUNNING, steps, List.of(paused))))
                .hasValue("1 of its trials are paused in Conductor; continue: ./normlab resume smoke-1");
    }

    @Test
    @Timeout(20)
    void whileNothingIsInTrainingEachLookShowsWhatTheCampaignWaitsFor() throws InterruptedException {
        Heard heard = new Heard();

        new Follower(
                        new Scripted(CampaignStatus.PAUSED, CampaignStatus.PAUSED, CampaignStatus.CANCELLED),
                        new InMemoryArtifactStore(),
                        heard,
                        RUN,
                        1)
                .toTheEnd("workflow");

        assertThat(heard.waits.subList(0, 2)).containsOnly("paused in Conductor; continue: ./normlab resume smoke-1");
    }

    private static CampaignState state(CampaignStatus status, List<TaskAttempt> steps, List<TrialBranch> trials) {
        Campaign campaign = new Campaign(RUN, "workflow", status, Instant.EPOCH, Optional.empty(), Optional.empty());
        return new CampaignState(campaign, steps, trials, Optional.empty());
    }

    private static TaskAttempt attempt(String name, TaskStatus status, Optional<Instant> startedAt) {
        return new TaskAttempt(
                name,
                status,
                1,
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                startedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static TrialBranch branch(int trial, boolean paused) {
        return new TrialBranch(
                TrialId.at("trials/" + trial),
                TaskStatus.SCHEDULED,
                paused,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private static final class Heard implements Progress {
        private final List<String> lines = new ArrayList<>();
        private final List<String> waits = new ArrayList<>();

        @Override
        public void say(String line) {
            lines.add(line);
        }

        @Override
        public void show(Snapshot snapshot) {
            snapshot.waitsFor().ifPresent(waits::add);
        }

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
            return FollowerTest.state(statuses.remove(), List.of(), List.of());
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
