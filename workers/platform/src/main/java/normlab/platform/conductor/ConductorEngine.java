package normlab.platform.conductor;

import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.client.http.ConductorClient;
import com.netflix.conductor.client.http.MetadataClient;
import com.netflix.conductor.client.http.TaskClient;
import com.netflix.conductor.client.http.WorkflowClient;
import com.netflix.conductor.common.metadata.tasks.Task;
import com.netflix.conductor.common.metadata.workflow.StartWorkflowRequest;
import com.netflix.conductor.common.run.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import normlab.platform.process.Reminder;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns on the Conductor server. Every method throws
 * {@link ConductorUnavailableException} if the server does not answer.
 */
public final class ConductorEngine implements WorkflowEngine {
    private static final int VERSION = 1;

    private final ConductorServer server;
    private final ConductorClient connection;
    private final WorkflowClient workflows;
    private final CampaignReader reader;
    private final Consumer<String> progress;
    private final Duration silence;

    /** For a process that nobody waits for. */
    public ConductorEngine(ConductorServer server) {
        this(server, line -> {});
    }

    /** @param progress hears of a request that takes long */
    public ConductorEngine(ConductorServer server, Consumer<String> progress) {
        this(server, progress, Reminder.SILENCE);
    }

    ConductorEngine(ConductorServer server, Consumer<String> progress, Duration silence) {
        this.server = server;
        this.progress = progress;
        this.silence = silence;
        this.connection = server.connect();
        this.workflows = new WorkflowClient(connection);
        this.reader = new CampaignReader(workflows, new TaskClient(connection));
    }

    /**
     * Registers the task and workflow definitions of the folder; running campaigns keep theirs.
     *
     * @throws normlab.json.InvalidInputException if a file cannot be used
     */
    public void registerDefinitions(Path workflowsFolder) {
        WorkflowDefinitions definitions = WorkflowDefinitions.read(workflowsFolder);
        MetadataClient metadata = new MetadataClient(connection);
        tell("register definitions", () -> {
            metadata.registerTaskDefs(definitions.tasks());
            metadata.updateWorkflowDefs(definitions.workflows());
        });
    }

    /**
     * {@inheritDoc} Two processes that start the same campaign at the same moment may start it twice; its trials still end
     * with the same bytes.
     */
    @Override
    public synchronized String start(String campaign, boolean failFast) {
        return workflowOf(campaign)
                .orElseGet(() -> ask("start a campaign", () -> {
                    StartWorkflowRequest request = new StartWorkflowRequest();
                    request.setName(WorkflowDefinitions.BENCHMARK);
                    request.setVersion(VERSION);
                    request.setCorrelationId(campaign);
                    request.setInput(Map.of("run", campaign, "failFast", failFast));
                    return workflows.startWorkflow(request);
                }));
    }

    @Override
    public Optional<String> workflowOf(String campaign) {
        return ask(
                        "find a campaign",
                        () -> workflows.getWorkflows(WorkflowDefinitions.BENCHMARK, campaign, true, false))
                .stream()
                .max(Comparator.comparing(Workflow::getCreateTime))
                .map(Workflow::getWorkflowId);
    }

    @Override
    public CampaignState state(String workflowId) {
        return ask("read a campaign", () -> reader.read(workflow(workflowId)));
    }

    /** {@inheritDoc} It takes one request. */
    @Override
    public CampaignState outline(String workflowId) {
        return ask("read a campaign", () -> CampaignReader.outline(workflow(workflowId)));
    }

    @Override
    public void cancel(String workflowId, String reason) {
        tell("cancel a campaign", () -> {
            if (!workflow(workflowId).getStatus().isTerminal()) {
                workflows.terminateWorkflow(workflowId, reason);
            }
        });
    }

    @Override
    public void restart(String workflowId) {
        tell("restart a campaign", () -> workflows.restart(workflowId, true));
    }

    @Override
    public void resume(String workflowId) {
        tell("resume a campaign", () -> resume(workflow(workflowId)));
    }

    private void resume(Workflow workflow) {
        if (workflow.getStatus() == Workflow.WorkflowStatus.PAUSED) {
            workflows.resumeWorkflow(workflow.getWorkflowId());
        }
        workflow.getTasks().stream()
                .filter(task -> !task.getStatus().isTerminal())
                .map(Task::getSubWorkflowId)
                .filter(id -> id != null && !id.isEmpty())
                .forEach(id -> resume(workflows.getWorkflow(id, true)));
    }

    /** {@inheritDoc} Workflows that somebody started in Conductor's own pages belong to no campaign. */
    @Override
    public List<Campaign> campaigns(int atMost) {
        String query = "workflowType='" + WorkflowDefinitions.BENCHMARK + "'";
        return ask("list campaigns", () -> workflows.search(0, atMost, "startTime:DESC", "*", query))
                .getResults()
                .stream()
                .filter(workflow -> isOfCampaign(workflow.getCorrelationId()))
                .map(CampaignReader::campaign)
                .toList();
    }

    /** {@inheritDoc} Workflows that somebody started in Conductor's own pages belong to no campaign. */
    @Override
    public List<Campaign> running() {
        return ask(
                "list running campaigns",
                () -> workflows.getRunningWorkflow(WorkflowDefinitions.BENCHMARK, VERSION).stream()
                        .map(id -> workflows.getWorkflow(id, false))
                        .filter(workflow -> isOfCampaign(workflow.getCorrelationId()))
                        .map(CampaignReader::campaign)
                        .filter(campaign -> !campaign.status().ended())
                        .toList());
    }

    private static boolean isOfCampaign(@Nullable String correlationId) {
        return correlationId != null && !correlationId.isBlank();
    }

    private <T> T ask(String what, Supplier<T> question) {
        Reminder reminder = new Reminder(
                progress,
                "[Conductor] %s has not answered yet (%s); is it up: ./normlab doctor"
                        .formatted(server.address(), what),
                silence);
        try {
            return server.ask(what, question);
        } finally {
            reminder.withdraw();
        }
    }

    private void tell(String what, Runnable statement) {
        ask(what, () -> {
            statement.run();
            return true;
        });
    }

    private Workflow workflow(String workflowId) {
        try {
            return workflows.getWorkflow(workflowId, true);
        } catch (ConductorClientException e) {
            if (e.getStatusCode() == 404) {
                throw new IllegalArgumentException(
                        "[%s] is not a campaign that Conductor at %s knows".formatted(workflowId, server.address()), e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        workflows.close();
        connection.shutdown();
    }
}
