package normlab.platform.mlflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.ViewType;

/** Experiments by name. */
final class MlflowExperiments {
    private final MlflowConnection connection;

    MlflowExperiments(MlflowConnection connection) {
        this.connection = connection;
    }

    /** Sets the tags that differ. */
    void tag(String name, Map<String, String> tags) {
        Experiment experiment = find(name)
                .orElseThrow(() -> new MlflowRefusal("the experiment " + name + " was deleted a moment ago", 0, ""));
        tags.forEach((key, value) -> {
            if (!value.equals(tag(experiment, key))) {
                connection.tell(
                        "POST experiments/set-experiment-tag",
                        c -> c.setExperimentTag(experiment.getExperimentId(), key, value));
            }
        });
    }

    private static String tag(Experiment experiment, String key) {
        return experiment.getTagsList().stream()
                .filter(t -> t.getKey().equals(key))
                .map(ExperimentTag::getValue)
                .findFirst()
                .orElse("");
    }

    /** The id of the experiment, which is created or restored if necessary. */
    String ensure(String name) {
        Optional<Experiment> found = find(name);
        if (found.isEmpty()) {
            create(name);
            found = find(name);
        }
        Experiment experiment = found.orElseThrow(() ->
                new MlflowRefusal("the MLflow server created the experiment " + name + " but does not find it", 0, ""));
        String id = experiment.getExperimentId();
        if (experiment.getLifecycleStage().equals("deleted")) {
            connection.tell("POST experiments/restore", c -> c.restoreExperiment(id));
        }
        return id;
    }

    /** A search: {@code getExperimentByName} sends three requests for a missing one, and takes any server's 404 for one. */
    private Optional<Experiment> find(String name) {
        String filter = "name = '%s'".formatted(name);
        return connection
                .ask("POST experiments/search", c -> c.searchExperiments(filter, ViewType.ALL, 1, List.of()))
                .getItems()
                .stream()
                .findFirst();
    }

    private void create(String name) {
        try {
            connection.ask("POST experiments/create", c -> c.createExperiment(name));
        } catch (MlflowRefusal refusal) {
            // Another process, or our own request whose answer was lost, came first.
            if (!refusal.code().equals("RESOURCE_ALREADY_EXISTS")) {
                throw refusal;
            }
        }
    }
}
