package normlab.platform.conductor;

import static normlab.platform.conductor.Benchmarks.around;
import static normlab.platform.conductor.Benchmarks.train;
import static normlab.platform.conductor.Benchmarks.trial;
import static normlab.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import normlab.campaign.CampaignStatus;
import normlab.task.TaskAttempt;
import normlab.task.TaskFailure;
import normlab.task.TaskStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the program needs of a {@link WorkflowEngine}, shown by whole campaigns of tiny tasks. */
@Tag("contract")
abstract class WorkflowEngineContract {
    static final Duration SOON = Duration.ofMinutes(3);

    abstract WorkflowEngine engine();

    /**
     * Starts a worker that takes these tasks until the test ends.
     *
     * @return its identity, as the engine shows it
     */
    abstract String host(List<TaskBinding> bindings);

    @Test
    void aBenchmarkOfFiveTrialsCompletes() {
        host(around(5));
        String trainer = host(List.of(train((in, context) -> {})));

        String workflow = engine().start("five-trials");
        CampaignState state = ended(workflow);

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(state.campaign().id()).isEqualTo("five-trials");
        assertThat(state.steps())
                .extracting(TaskAttempt::name)
                .containsExactly("plan", "dataset_fashion_mnist", "report");
        assertThat(state.trials())
                .extracting(TrialBranch::trial)
                .isEqualTo(IntStream.range(0, 5)
                        .mapToObj(i -> trial("five-trials", i))
                        .toList());
        assertThat(state.steps()).allSatisfy(step -> assertThat(step.workflow()).hasValue(workflow));
        assertThat(state.trials())
                .extracting(trial -> trial.train().orElseThrow().workflow().orElseThrow())
                .doesNotHaveDuplicates()
                .doesNotContain(workflow);
        assertThat(state.trials()).allSatisfy(trial -> {
            assertThat(trial.status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(trial.train().orElseThrow().worker()).hasValue(trainer);
            assertThat(trial.evaluate().orElseThrow().endedAt()).isPresent();
            assertThat(trial.attempts()).extracting(TaskAttempt::name).containsExactly("train", "evaluate");
            assertThat(trial.attempts())
                    .allSatisfy(step -> assertThat(step.queuedAt()).isPresent())
                    .extracting(TaskAttempt::workflow)
                    .containsOnly(trial.train().orElseThrow().workflow());
        });
        assertThat(state.report().orElseThrow().trials()).isEqualTo(5);
        assertThat(engine().outline(workflow))
                .isEqualTo(new CampaignState(state.campaign(), state.steps(), List.of(), state.report()));
    }

    @Test
    void aRunIsStartedOnce() {
        String workflow = engine().start("once");

        assertThat(engine().start("once")).isEqualTo(workflow);
        assertThat(engine().workflowOf("once")).hasValue(workflow);
        assertThat(engine().workflowOf("never")).isEmpty();
        assertThat(engine().campaigns(5)).anySatisfy(campaign -> {
            assertThat(campaign.id()).isEqualTo("once");
            assertThat(campaign.workflowId()).isEqualTo(workflow);
            assertThat(campaign.status()).isEqualTo(CampaignStatus.RUNNING);
        });
        assertThat(engine().running()).extracting(Campaign::id).contains("once");
        engine().cancel(workflow, "the test is over");
        assertThat(engine().running()).extracting(Campaign::id).doesNotContain("once");
    }

    @Test
    void aFailedTrialStopsNeitherTheOthersNorTheReport() {
        host(around(3));
        host(List.of(train((in, context) -> {
            if (in.trial().equals(trial("one-fails", 1))) {
                throw TaskFailure.permanent("[spec.json] names network 'plane-8', known: plain-8");
            }
        })));

        CampaignState state = ended(engine().start("one-fails"));

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(state.trials())
                .extracting(TrialBranch::status)
                .containsExactly(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.COMPLETED);
        assertThat(state.trials().get(1).reason().orElseThrow()).contains("plane-8");
        assertThat(state.trials().get(1).train().orElseThrow().attempt()).isEqualTo(1);
        assertThat(state.report()).isPresent();
    }

    @Test
    void aCampaignThatFailsFastEndsWithItsFirstFailureAndTellsTheTrialsAtWork() {
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean told = new AtomicBoolean();
        host(around(2));
        host(List.of(train((in, context) -> {
            taken.set(true);
            await(() -> context.ended() || told.get());
            told.set(true);
        })));
        host(List.of(train((in, context) -> {
            await(() -> taken.get() || context.ended());
            throw TaskFailure.permanent("[spec.json] names network 'plane-8', known: plain-8");
        })));

        CampaignState state = ended(engine().start("fails-fast", true));

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.FAILED);
        assertThat(state.campaign().reason().orElseThrow()).contains("plane-8");
        assertThat(state.report()).isEmpty();
        eventually(SOON, told::get, t -> t);
    }

    @Test
    void aCampaignOfMoreTrialsThanAForkTakesRunsInGroups() {
        int trials = DynamicForks.GROUP + 2;
        host(around(trials));
        host(List.of(train((in, context) -> {})));

        CampaignState state = ended(engine().start("groups"));

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(state.trials())
                .extracting(TrialBranch::trial)
                .isEqualTo(IntStream.range(0, trials)
                        .mapToObj(i -> trial("groups", i))
                        .toList());
        assertThat(state.trials()).extracting(TrialBranch::status).containsOnly(TaskStatus.COMPLETED);
    }

    @Test
    void aCancelledTrainingIsToldAndItsCampaignCanBeRestarted() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        host(around(1));
        host(List.of(train((in, context) -> {
            taken.countDown();
            await(() -> context.ended() || told.get());
            told.set(true);
        })));
        String workflow = engine().start("cancelled");
        taken.await();

        engine().cancel(workflow, "no longer wanted");

        eventually(SOON, told::get, t -> t);
        CampaignState state = engine().state(workflow);
        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.CANCELLED);
        assertThat(state.campaign().reason()).hasValue("no longer wanted");
        assertThat(state.trials().getFirst().status()).isEqualTo(TaskStatus.CANCELLED);
        engine().restart(workflow);
        assertThat(ended(workflow).campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
    }

    CampaignState ended(String workflow) {
        return eventually(
                SOON, () -> engine().state(workflow), s -> s.campaign().status().ended());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
