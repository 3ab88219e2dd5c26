package normlab.benchmarks;

import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.campaign.CampaignStatus;
import normlab.experiment.DatasetSpec;
import normlab.json.Json;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.conductor.TaskBinding;
import normlab.platform.conductor.WorkerHost;
import normlab.provenance.Sha256;
import normlab.task.Tasks.EvaluateOutput;
import normlab.task.Tasks.PlanInput;
import normlab.task.Tasks.PlanOutput;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.ReportInput;
import normlab.task.Tasks.ReportOutput;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.trial.TrialId;

/**
 * What orchestration costs: campaigns whose trainings take no time, through a real server, with the workers' own ways
 * of polling. All that is measured is Conductor's and ours.
 */
final class OrchestrationBenchmark implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(20);
    /** As in a cluster, where what Conductor keeps of a trial is larger, and a slot asks for more. */
    private static final String DOMAIN = "cpu-amd64-AuthenticAMD-25.17-avx512bf16-128g";

    private final ConductorServer server;
    private final ConductorEngine engine;
    private final ConductorClient connection;
    private final WorkflowClient workflows;
    private final List<WorkerHost> hosts = new ArrayList<>();

    /**
     * Of one campaign.
     *
     * @param largestPayload bytes of the largest input or output of a task, as JSON
     */
    record Cost(int trials, Duration took, int largestPayload) {
        Duration perTrial() {
            return took.dividedBy(trials);
        }
    }

    /** @param definitions folder of the workflow definitions */
    OrchestrationBenchmark(ConductorServer server, Path definitions) {
        this.server = server;
        this.engine = new ConductorEngine(server);
        engine.registerDefinitions(definitions);
        this.connection = new ConductorClient(server.address().resolve("/api").toString());
        this.workflows = new WorkflowClient(connection);
    }

    /** A process that takes what the coordinator takes, and slots; polled for as the real ones do. */
    OrchestrationBenchmark withWorkers(int slots, Duration coordinatorPolls, Duration slotPolls) {
        hosts.add(WorkerHost.start(server, "coordinator", coordination(), coordinatorPolls, Optional.empty()));
        for (int i = 1; i <= slots; i++) {
            TaskBinding train = TaskBinding.of(new IdleTask<>(
                    "train", TrialInput.class, in -> new TrainOutput("completed", 1, "00", 0.001, false)));
            hosts.add(WorkerHost.start(
                    server, "slot-" + i, List.of(train), List.of(DOMAIN), slotPolls, Optional.empty()));
        }
        return this;
    }

    /** Share of a core that a worker takes while there is nothing to do, its part of this process. */
    double idleCore() throws InterruptedException {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            throw new IllegalStateException("this JVM does not tell its processor time");
        }
        long before = system.getProcessCpuTime();
        Thread.sleep(IDLE);
        return (double) (system.getProcessCpuTime() - before) / IDLE.toNanos() / hosts.size();
    }

    /** Runs a campaign to its end. */
    Cost run(int trials) throws InterruptedException {
        long begun = System.nanoTime();
        String workflow = engine.start("bench-%d-%d".formatted(trials, begun));
        while (!workflows.getWorkflow(workflow, false).getStatus().isTerminal()) {
            Thread.sleep(LOOK);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        if (engine.state(workflow).campaign().status() != CampaignStatus.COMPLETED) {
            throw new IllegalStateException("the campaign of %d trials ended as %s"
                    .formatted(trials, engine.state(workflow).campaign()));
        }
        return new Cost(trials, took, largestPayload(workflow));
    }

    private List<TaskBinding> coordination() {
        IdleTask<PlanInput, PlanOutput> plan = new IdleTask<>(
                "plan",
                PlanInput.class,
                in -> new PlanOutput(
                        List.of(new PrepareDatasetInput(new DatasetSpec("none", 10, 2), "none")),
                        trialsOf(in.campaign()),
                        0));
        return List.of(
                TaskBinding.ofPlan(plan, trial -> Optional.of(DOMAIN)),
                TaskBinding.ofGroupPlan(OrchestrationBenchmark::trialsOf, trial -> Optional.of(DOMAIN)),
                TaskBinding.of(new IdleTask<>(
                        "prepare_dataset",
                        PrepareDatasetInput.class,
                        in -> new PrepareDatasetOutput("datasets/none", true, 1, 1, 1))),
                TaskBinding.of(new IdleTask<>(
                        "evaluate", TrialInput.class, in -> new EvaluateOutput("completed", 0.5, 0.5, 0.001))),
                TaskBinding.of(new IdleTask<>(
                        "report",
                        ReportInput.class,
                        in -> new ReportOutput("runs/none/report.html", "none", 1, 0, 0))));
    }

    /** The number of trials is part of the campaign's id. */
    private static List<TrialInput> trialsOf(String run) {
        return IntStream.range(0, Integer.parseInt(run.split("-")[1]))
                .mapToObj(i -> new TrialInput(run, TrialId.of(run, Sha256.of(run + i))))
                .toList();
    }

    private int largestPayload(String workflow) {
        int largest = 0;
        Deque<String> toRead = new ArrayDeque<>(List.of(workflow));
        while (!toRead.isEmpty()) {
            for (Task task : workflows.getWorkflow(toRead.pop(), true).getTasks()) {
                largest = Math.max(largest, Json.bytes(task.getInputData()).length);
                largest = Math.max(largest, Json.bytes(task.getOutputData()).length);
                Optional.ofNullable(task.getSubWorkflowId())
                        .filter(id -> !id.isEmpty() && task.getTaskType().equals("SUB_WORKFLOW"))
                        .ifPresent(toRead::push);
            }
        }
        return largest;
    }

    @Override
    public void close() {
        hosts.forEach(host -> host.close(Duration.ofSeconds(5)));
        workflows.close();
        connection.shutdown();
        engine.close();
    }
}
