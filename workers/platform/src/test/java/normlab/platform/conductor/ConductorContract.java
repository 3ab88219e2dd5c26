package normlab.platform.conductor;

import static normlab.platform.conductor.Benchmarks.around;
import static normlab.platform.conductor.Benchmarks.train;
import static normlab.platform.conductor.Benchmarks.trial;
import static normlab.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.tasks.TaskExecLog;
import com.netflix.conductor.common.metadata.workflow.StartWorkflowRequest;
import com.netflix.conductor.common.run.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import normlab.campaign.CampaignStatus;
import normlab.platform.s3.LossyLink;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.TaskStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link ConductorEngine} and {@link WorkerHost} keep beyond the contract, on any server of Conductor. */
abstract class ConductorContract extends WorkflowEngineContract {
    private final List<WorkerHost> hosts = new ArrayList<>();
    private ConductorEngine engine;

    abstract ConductorServer server();

    @BeforeEach
    void open() {
        engine = new ConductorEngine(server());
        engine.registerDefinitions(RunningConductor.workflows());
    }

    @AfterEach
    void close() {
        hosts.forEach(host -> host.close(Duration.ofSeconds(5)));
        engine.close();
    }

    @Override
    WorkflowEngine engine() {
        return engine;
    }

    @Override
    String host(List<TaskBinding> bindings) {
        hosts.add(
                WorkerHost.start(server(), "host-" + hosts.size(), bindings, Duration.ofMillis(50), Optional.empty()));
        return hosts.getLast().identity();
    }

    @Test
    void theWatchdogLooksAtEachCampaignThatRuns() {
        String workflow = engine.start("watched");
        try (DecideWatchdog watchdog = new DecideWatchdog(server())) {
            assertThat(watchdog.decide()).isPositive();
        }
        engine.cancel(workflow, "the test is over");
    }

    @Test
    void aTrialIsTrainedByAWorkerThatServesItsDomain() {
        List<String> domains = List.of("cpu-8g", "cpu-2g");
        host(around(4, trial -> Optional.of(trial.trial().equals(trial("routed", 3)) ? "cpu-8g" : "cpu-2g")));
        String ofNoDomain = host(List.of(train((in, context) -> {})));
        hosts.add(WorkerHost.start(
                server(),
                "of-8g",
                List.of(train((in, context) -> {})),
                domains,
                Duration.ofMillis(50),
                Optional.empty()));
        String ofBoth = hosts.getLast().identity();

        CampaignState state = ended(engine.start("routed"));

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(state.trials())
                .extracting(trial -> trial.train().orElseThrow().worker().orElseThrow())
                .containsOnly(ofBoth)
                .doesNotContain(ofNoDomain);
    }

    /** As where a machine of its own joins a stack that does not route. */
    @Test
    void aTrialOfNoDomainIsTrainedByAWorkerOfOneToo() {
        host(around(1));
        hosts.add(WorkerHost.start(
                server(),
                "of-8g",
                List.of(train((in, context) -> {})),
                List.of("cpu-8g"),
                Duration.ofMillis(50),
                Optional.empty()));

        CampaignState state = ended(engine.start("unrouted"));

        assertThat(state.campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
    }

    @Test
    void aTrialThatNobodyServesWaitsForAWorkerThatJoins() {
        host(around(1, trial -> Optional.of("gpu-32g")));
        host(List.of(train((in, context) -> {})));
        String workflow = engine.start("waits");
        eventually(SOON, () -> engine.state(workflow).trials(), trials -> !trials.isEmpty());
        assertThat(engine.state(workflow).trials().getFirst().status()).isEqualTo(TaskStatus.SCHEDULED);

        hosts.add(WorkerHost.start(
                server(),
                "late",
                List.of(train((in, context) -> {})),
                List.of("gpu-32g"),
                Duration.ofMillis(50),
                Optional.empty()));

        assertThat(ended(workflow).trials().getFirst().train().orElseThrow().worker())
                .hasValue(hosts.getLast().identity());
    }

    @Test
    void aTaskWhoseAnswerIsLostOnItsWayIsOfferedAgain() throws IOException {
        String workflow = startTrial(Map.of("run", "lost", "prefix", "trials/lost"));
        host(around(1));
        try (LossyLink link = LossyLink.to(server().address(), n -> n == 1)) {
            hosts.add(WorkerHost.start(
                    new ConductorServer(link.address()),
                    "behind-a-link",
                    List.of(train((in, context) -> {})),
                    Duration.ofMillis(20),
                    Optional.empty()));

            Workflow trial = endedTrial(workflow);

            assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
            assertThat(trial.getTasks().getFirst().getRetryCount()).isZero();
        }
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
                server(),
                "first",
                List.of(train((in, context) -> {
                    taken.countDown();
                    while (!context.stopRequested()) {
                        LockSupport.parkNanos(10_000_000);
                    }
                    throw new TaskInProgress("checkpoint of epoch 3 is written");
                })),
                Duration.ofMillis(50),
                Optional.empty());
        String workflow = startTrial(Map.of("run", "back", "prefix", "trials/back"));
        taken.await();
        first.close(Duration.ofSeconds(10));
        host(around(1));
        String second = host(List.of(train((in, context) -> {})));

        Workflow trial = endedTrial(workflow);

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trial.getTasks()).extracting(Task::getReferenceTaskName).containsExactly("train", "evaluate");
        assertThat(trial.getTasks().getFirst().getRetryCount()).isZero();
        assertThat(trial.getTasks().getFirst().getWorkerId()).isEqualTo(second);
    }

    /** Others wait by then: a task that were given back would come after them. */
    @Test
    void theSuccessorOfAKilledProcessGoesOnWithItsTaskAsTheSameAttempt(@TempDir Path folder) throws Exception {
        Path journal = folder.resolve("slot-1.json");
        String workflow = startTrial(Map.of("run", "killed", "prefix", "trials/killed"));
        long doomed = killInMidTask(journal);
        String waiting = startTrial(Map.of("run", "waiting", "prefix", "trials/waiting"));
        List<String> trained = Collections.synchronizedList(new ArrayList<>());
        host(around(1));
        hosts.add(successor(journal, trained));

        Task task = endedTrial(workflow).getTasks().getFirst();

        assertThat(endedTrial(waiting).getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trained).containsExactly("trials/killed", "trials/waiting");
        assertThat(task.getRetryCount()).isZero();
        assertThat(task.getWorkerId()).isEqualTo(hosts.getLast().identity());
        assertThat(logOf(task)).anySatisfy(line -> assertThat(line).contains("died", ":" + doomed + ":doomed"));
        eventually(SOON, () -> Files.exists(journal), exists -> !exists);
    }

    @Test
    void theSecondDeathWithATaskSpendsAnAttempt(@TempDir Path folder) throws Exception {
        Path journal = folder.resolve("slot-1.json");
        String workflow = startTrial(Map.of("run", "poison", "prefix", "trials/poison"));
        killInMidTask(journal);
        killInMidTask(journal);
        host(around(1));
        hosts.add(successor(journal, new ArrayList<>()));

        Workflow trial = endedTrial(workflow);

        assertThat(trial.getStatus()).isEqualTo(Workflow.WorkflowStatus.COMPLETED);
        assertThat(trial.getTasks().getFirst().getStatus()).isEqualTo(Task.Status.FAILED);
        assertThat(trial.getTasks().getFirst().getReasonForIncompletion())
                .contains("the worker process died", "the second one during this attempt");
        eventually(SOON, () -> Files.exists(journal), exists -> !exists);
    }

    @Test
    void aCampaignAndATrialPausedInConductorContinueWhenTheyAreResumed() throws Exception {
        CountDownLatch training = new CountDownLatch(1);
        CompletableFuture<Void> mayEnd = new CompletableFuture<>();
        host(around(1));
        host(List.of(train((in, context) -> {
            training.countDown();
            mayEnd.join();
        })));
        String workflow = engine.start("paused");
        training.await();
        String trial = eventually(
                        SOON,
                        () -> engine.state(workflow).trials().getFirst(),
                        branch -> branch.train().isPresent())
                .train()
                .orElseThrow()
                .workflow()
                .orElseThrow();
        ask(workflows -> {
            workflows.pauseWorkflow(workflow);
            workflows.pauseWorkflow(trial);
            return workflow;
        });
        assertThat(engine.state(workflow).campaign().status()).isEqualTo(CampaignStatus.PAUSED);
        assertThat(engine.running())
                .as("not ended, so the stack must not be restarted under it")
                .extracting(Campaign::id)
                .contains("paused");
        eventually(SOON, () -> engine.state(workflow).trials().getFirst().paused(), paused -> paused);
        mayEnd.complete(null);

        engine.resume(workflow);

        assertThat(ended(workflow).campaign().status()).isEqualTo(CampaignStatus.COMPLETED);
    }

    @Test
    void aWorkflowStartedByHandIsNoCampaign() throws Exception {
        StartWorkflowRequest request = new StartWorkflowRequest();
        request.setName(WorkflowDefinitions.BENCHMARK);
        request.setVersion(1);
        String byHand = ask(workflows -> workflows.startWorkflow(request));
        String started = engine.start("by-the-product");
        eventually(
                SOON,
                () -> engine.campaigns(100),
                found -> found.stream().anyMatch(c -> c.workflowId().equals(started)));
        assertThat(engine.campaigns(100)).noneMatch(c -> c.workflowId().equals(byHand));
    }

    private WorkerHost successor(Path journal, List<String> trained) {
        return WorkerHost.start(
                server(),
                "slot-1",
                List.of(train((in, context) -> trained.add(in.trial().prefix()))),
                Duration.ofMillis(50),
                Optional.of(journal));
    }

    /** @return the process id of the worker that took a task, or went on with one, and was killed */
    private long killInMidTask(Path journal) throws IOException, InterruptedException {
        byte[] before = Files.exists(journal) ? Files.readAllBytes(journal) : new byte[0];
        Process doomed = doomedWorker(journal);
        try {
            eventually(SOON, () -> hasChanged(journal, before), changed -> changed);
        } finally {
            doomed.destroyForcibly().waitFor();
        }
        return doomed.pid();
    }

    private static boolean hasChanged(Path journal, byte[] before) {
        try {
            return Files.exists(journal) && !Arrays.equals(Files.readAllBytes(journal), before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String startTrial(Map<String, Object> input) {
        StartWorkflowRequest request = new StartWorkflowRequest();
        request.setName("trial");
        request.setVersion(1);
        request.setInput(input);
        return ask(workflows -> workflows.startWorkflow(request));
    }

    private Workflow endedTrial(String workflow) {
        return ask(workflows -> eventually(
                SOON,
                () -> workflows.getWorkflow(workflow, true),
                w -> w.getStatus().isTerminal()));
    }

    private List<String> logOf(Task task) {
        ConductorClient connection = server().connect();
        try {
            return new TaskClient(connection)
                    .getTaskLogs(task.getTaskId()).stream()
                            .map(TaskExecLog::getLog)
                            .toList();
        } finally {
            connection.shutdown();
        }
    }

    private <T> T ask(Function<WorkflowClient, T> question) {
        ConductorClient connection = server().connect();
        try (WorkflowClient workflows = new WorkflowClient(connection)) {
            return question.apply(workflows);
        } finally {
            connection.shutdown();
        }
    }

    private Process doomedWorker(Path journal) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedWorker.class.getName(),
                        server().address().toString(),
                        journal.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
