package normlab.platform.conductor;

import static normlab.platform.conductor.Benchmarks.around;
import static normlab.platform.conductor.Benchmarks.prefix;
import static normlab.platform.conductor.Benchmarks.train;
import static normlab.platform.conductor.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskExecLog;
import com.netflix.conductor.common.metadata.workflow.StartWorkflowRequest;
import com.netflix.conductor.common.run.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import normlab.task.HandBack;
import normlab.task.TaskFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns of tiny tasks on the real server, with the definitions of this checkout. */
class CampaignOnConductorTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    static final RunningConductor CONDUCTOR = new RunningConductor();

    private final List<WorkerHost> hosts = new ArrayList<>();
    private ConductorEngine engine;

    @BeforeEach
    void open() {
        engine = new ConductorEngine(CONDUCTOR.server());
        engine.registerDefinitions(RunningConductor.workflows());
    }

    @AfterEach
    void close() {
        hosts.forEach(host -> host.close(Duration.ofSeconds(5)));
        engine.close();
    }

    @Test
    void aBenchmarkOfFiveTrialsCompletes() {
        host(around(5));
        host(List.of(train((in, context) -> {})));

        String workflow = engine.start("five-trials");
        CampaignState state = ended(workflow);

        assertThat(state.campaign().status()).isEqualTo(Campaign.Status.COMPLETED);
        assertThat(state.campaign().run()).isEqualTo("five-trials");
        assertThat(state.steps()).extracting(Step::name).containsExactly("plan", "dataset_fashion_mnist", "report");
        assertThat(state.trials())
                .extracting(TrialBranch::prefix)
                .isEqualTo(IntStream.range(0, 5)
                        .mapToObj(i -> prefix("five-trials", i))
                        .toList());
        assertThat(state.trials()).allSatisfy(trial -> {
            assertThat(trial.status()).isEqualTo(Step.Status.COMPLETED);
            assertThat(trial.train().orElseThrow().worker())
                    .hasValue(hosts.get(1).identity());
            assertThat(trial.evaluate().orElseThrow().endedAt()).isPresent();
            assertThat(trial.attempts()).extracting(Step::name).containsExactly("train", "evaluate");
            assertThat(trial.attempts())
                    .allSatisfy(step -> assertThat(step.queuedAt()).isPresent());
        });
        assertThat(state.report().orElseThrow().trials()).isEqualTo(5);
        assertThat(engine.outline(workflow))
                .isEqualTo(new CampaignState(state.campaign(), state.steps(), List.of(), state.report()));
    }

    @Test
    void aRunIsStartedOnce() {
        String workflow = engine.start("once");

        assertThat(engine.start("once")).isEqualTo(workflow);
        assertThat(engine.workflowOf("once")).hasValue(workflow);
        assertThat(engine.workflowOf("never")).isEmpty();
        assertThat(engine.campaigns(5)).anySatisfy(campaign -> {
            assertThat(campaign.run()).isEqualTo("once");
            assertThat(campaign.workflowId()).isEqualTo(workflow);
            assertThat(campaign.status()).isEqualTo(Campaign.Status.RUNNING);
        });
        try (DecideWatchdog watchdog = new DecideWatchdog(CONDUCTOR.server())) {
            assertThat(watchdog.decide()).isPositive();
        }
        engine.cancel(workflow, "the test is over");
    }

    @Test
    void aFailedTrialStopsNeitherTheOthersNorTheReport() {
        host(around(3));
        host(List.of(train((in, context) -> {
            if (in.prefix().equals(prefix("one-fails", 1))) {
                throw TaskFailure.permanent("[spec.json] names network 'plane-8', known: plain-8");
            }
        })));

        CampaignState state = ended(engine.start("one-fails"));

        assertThat(state.campaign().status()).isEqualTo(Campaign.Status.COMPLETED);
        assertThat(state.trials())
                .extracting(TrialBranch::status)
                .containsExactly(Step.Status.COMPLETED, Step.Status.FAILED, Step.Status.COMPLETED);
        assertThat(state.trials().get(1).reason().orElseThrow()).contains("plane-8");
        assertThat(state.trials().get(1).train().orElseThrow().attempt()).isEqualTo(1);
        assertThat(state.report()).isPresent();
    }

    @Test
    void aCampaignThatFailsFastEndsWithItsFirstFailureAndTellsTheTrialsAtWork() {
        AtomicBoolean told = new AtomicBoolean();
        host(around(2));
        host(List.of(train((in, context) -> {
            while (!context.ended() && !told.get()) {
                LockSupport.parkNanos(10_000_000);
            }
            told.set(true);
        })));
        host(List.of(train((in, context) -> {
            throw TaskFailure.permanent("[spec.json] names network 'plane-8', known: plain-8");
        })));

        CampaignState state = ended(engine.start("fails-fast", true));

        assertThat(state.campaign().status()).isEqualTo(Campaign.Status.FAILED);
        assertThat(state.campaign().reason().orElseThrow()).contains("plane-8");
        assertThat(state.report()).isEmpty();
        eventually(SOON, told::get, t -> t);
    }

    @Test
    void aCampaignOfMoreTrialsThanAForkTakesRunsInGroups() {
        int trials = DynamicForks.GROUP + 2;
        host(around(trials));
        host(List.of(train((in, context) -> {})));

        CampaignState state = ended(engine.start("groups"));

        assertThat(state.campaign().status()).isEqualTo(Campaign.Status.COMPLETED);
        assertThat(state.trials())
                .extracting(TrialBranch::prefix)
                .isEqualTo(IntStream.range(0, trials)
                        .mapToObj(i -> prefix("groups", i))
                        .toList());
        assertThat(state.trials()).extracting(TrialBranch::status).containsOnly(Step.Status.COMPLETED);
    }

    @Test
    void malformedInputFailsForGoodAndNamesTheField() {
        host(List.of(train((in, context) -> {})));

        Workflow trial = endedTrial(startTrial(Map.of("run", "malformed")));

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.FAILED);
        assertThat(trial.getTasks()).singleElement().satisfies(task -> {
            assertThat(task.getStatus()).isEqualTo(Task.Status.FAILED_WITH_TERMINAL_ERROR);
            assertThat(task.getReasonForIncompletion()).contains("prefix is missing");
        });
    }

    @Test
    void aTransientFailureIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        host(around(1));
        host(List.of(train((in, context) -> {
            if (calls.getAndIncrement() == 0) {
                throw TaskFailure.transientCause("the store is away", new IOException("connection reset"));
            }
            context.log("second attempt");
            context.log("of two");
        })));

        Workflow trial = endedTrial(startTrial(Map.of("run", "again", "prefix", "trials/again")));

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trial.getTasks().getFirst().getReasonForIncompletion())
                .isEqualTo("the store is away; caused by IOException: connection reset");
        assertThat(calls).hasValue(2);
        assertThat(logOf(trial.getTasks().get(1))).containsExactly("second attempt\nof two");
    }

    @Test
    void aStoppedHostHandsBackAndTheNextGoesOnWithTheSameAttempt() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        WorkerHost first = WorkerHost.start(
                CONDUCTOR.server(),
                "first",
                List.of(train((in, context) -> {
                    taken.countDown();
                    while (!context.stopRequested()) {
                        LockSupport.parkNanos(10_000_000);
                    }
                    throw new HandBack("checkpoint of epoch 3 is written");
                })),
                Duration.ofMillis(50),
                Optional.empty());
        String workflow = startTrial(Map.of("run", "back", "prefix", "trials/back"));
        taken.await();
        first.close(Duration.ofSeconds(10));
        host(around(1));
        host(List.of(train((in, context) -> {})));

        Workflow trial = endedTrial(workflow);

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trial.getTasks()).extracting(Task::getReferenceTaskName).containsExactly("train", "evaluate");
        assertThat(trial.getTasks().getFirst().getRetryCount()).isZero();
        assertThat(trial.getTasks().getFirst().getWorkerId())
                .isEqualTo(hosts.get(1).identity());
    }

    @Test
    void theTaskOfAKilledProcessIsTriedAgainAtOnce(@TempDir Path folder) throws IOException, InterruptedException {
        Path journal = folder.resolve("slot-1.json");
        String workflow = startTrial(Map.of("run", "killed", "prefix", "trials/killed"));
        Process doomed = doomedWorker(journal);
        try {
            eventually(SOON, () -> Files.exists(journal), exists -> exists);
        } finally {
            doomed.destroyForcibly().waitFor();
        }
        host(around(1));
        hosts.add(WorkerHost.start(
                CONDUCTOR.server(),
                "slot-1",
                List.of(train((in, context) -> {})),
                Duration.ofMillis(50),
                Optional.of(journal)));

        Workflow trial = endedTrial(workflow);

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trial.getTasks().getFirst().getStatus()).isEqualTo(Task.Status.FAILED);
        assertThat(trial.getTasks().getFirst().getReasonForIncompletion())
                .contains("the worker process died", ":" + doomed.pid() + ":doomed");
        eventually(SOON, () -> Files.exists(journal), exists -> !exists);
    }

    @Test
    void aCancelledTrainingIsToldAndItsCampaignCanBeRestarted() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        host(around(1));
        host(List.of(train((in, context) -> {
            taken.countDown();
            while (!context.ended() && !told.get()) {
                LockSupport.parkNanos(10_000_000);
            }
            told.set(true);
        })));
        String workflow = engine.start("cancelled");
        taken.await();

        engine.cancel(workflow, "no longer wanted");

        eventually(SOON, told::get, t -> t);
        CampaignState state = engine.state(workflow);
        assertThat(state.campaign().status()).isEqualTo(Campaign.Status.CANCELLED);
        assertThat(state.campaign().reason()).hasValue("no longer wanted");
        assertThat(state.trials().getFirst().status()).isEqualTo(Step.Status.CANCELLED);
        engine.restart(workflow);
        assertThat(ended(workflow).campaign().status()).isEqualTo(Campaign.Status.COMPLETED);
    }

    private void host(List<TaskBinding> bindings) {
        hosts.add(WorkerHost.start(
                CONDUCTOR.server(), "host-" + hosts.size(), bindings, Duration.ofMillis(50), Optional.empty()));
    }

    private CampaignState ended(String workflow) {
        return eventually(
                SOON, () -> engine.state(workflow), s -> s.campaign().status().ended());
    }

    private static String startTrial(Map<String, Object> input) {
        StartWorkflowRequest request = new StartWorkflowRequest();
        request.setName("trial");
        request.setVersion(1);
        request.setInput(input);
        return ask(workflows -> workflows.startWorkflow(request));
    }

    private static Workflow endedTrial(String workflow) {
        return ask(workflows -> eventually(
                SOON,
                () -> workflows.getWorkflow(workflow, true),
                w -> w.getStatus().isTerminal()));
    }

    private static List<String> logOf(Task task) {
        ConductorClient connection = CONDUCTOR.server().connect();
        try {
            return new TaskClient(connection)
                    .getTaskLogs(task.getTaskId()).stream()
                            .map(TaskExecLog::getLog)
                            .toList();
        } finally {
            connection.shutdown();
        }
    }

    private static <T> T ask(Function<WorkflowClient, T> question) {
        ConductorClient connection = CONDUCTOR.server().connect();
        try (WorkflowClient workflows = new WorkflowClient(connection)) {
            return question.apply(workflows);
        } finally {
            connection.shutdown();
        }
    }

    private static Process doomedWorker(Path journal) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWorker.class.getName(),
                        CONDUCTOR.server().address().toString(),
                        journal.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
