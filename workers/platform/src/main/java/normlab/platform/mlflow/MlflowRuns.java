package normlab.platform.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Status;
import org.jspecify.annotations.Nullable;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.RunsPage;

/** Runs on the server; each method is one request, and one for each page of a search. */
final class MlflowRuns {
    private static final int PAGE = 500;

    private final MlflowConnection connection;
    private final UnsupportedEndpoints unsupported;

    MlflowRuns(MlflowConnection connection, UnsupportedEndpoints unsupported) {
        this.connection = connection;
        this.unsupported = unsupported;
    }

    /** All runs of the experiment with the tag that are not deleted. */
    List<ServerRun> search(String experiment, String tag, String value) {
        List<ServerRun> found = new ArrayList<>();
        String filter = "tags.`%s` = '%s'".formatted(tag, value);
        Optional<String> next = Optional.empty();
        do {
            RunsPage page = page(experiment, filter, next.orElse(null));
            page.getItems().forEach(r -> found.add(ServerRun.of(r)));
            next = page.getNextPageToken().filter(t -> !t.isEmpty());
        } while (next.isPresent());
        return found;
    }

    private RunsPage page(String experiment, String filter, @Nullable String token) {
        return connection.ask(
                "POST runs/search",
                c -> c.searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, PAGE, List.of(), token));
    }

    /** Each request makes another run. */
    void create(String experiment, String name, long startMillis, Map<String, String> tags) {
        CreateRun request = CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName(name)
                .setStartTime(startMillis)
                .addAllTags(LogBatches.tags(tags))
                .build();
        connection.ask("POST runs/create", c -> c.createRun(request));
    }

    void rename(String run, String name) {
        unsupported.rename(run, name);
    }

    /** @param endMillis 0 for a run that has not ended */
    void setStatus(String run, Status status, long endMillis) {
        RunStatus shown = RunStatus.valueOf(status.name());
        connection.tell("POST runs/update", c -> c.setTerminated(run, shown, endMillis));
    }

    /** @param models ids of the models by the metrics that were measured on them */
    void log(String run, LogBatches.Batch batch, Map<String, String> models) {
        if (batch.metrics().stream().anyMatch(m -> models.containsKey(m.getKey()))) {
            unsupported.log(run, batch, models);
        } else {
            connection.tell("POST runs/log-batch", c -> c.logBatch(run, batch.metrics(), batch.params(), batch.tags()));
        }
    }

    void logInputs(String run, List<DatasetInput> datasets) {
        unsupported.logInputs(run, datasets);
    }

    void deleteTag(String run, String tag) {
        connection.tell("POST runs/delete-tag", c -> c.deleteTag(run, tag));
    }

    void delete(String run) {
        connection.tell("POST runs/delete", c -> c.deleteRun(run));
    }

    boolean isDeleted(String run) {
        return connection
                .ask("GET runs/get", c -> c.getRun(run))
                .getInfo()
                .getLifecycleStage()
                .equals("deleted");
    }
}
