package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.port.TrackedModel;
import normlab.port.TrackedRun.Attachment;

/**
 * Logged models. The server makes another model of each creation, so one is looked for by its identity's tag first, and
 * again afterwards: whoever created at the same time keeps the same one.
 */
final class MlflowModels {
    private static final Comparator<LoggedModel> KEPT_FIRST =
            Comparator.comparingLong(LoggedModel::created).thenComparing(LoggedModel::id);

    /** Tags of the run that MLflow's own clients give its models, too; the first is their Created by. */
    private static final List<String> CONTEXT =
            List.of("mlflow.user", "mlflow.source.name", "mlflow.source.type", "mlflow.source.git.commit");

    private final MlflowRest rest;
    private final ArtifactUploader uploader;

    MlflowModels(MlflowRest rest, ArtifactUploader uploader) {
        this.rest = rest;
        this.uploader = uploader;
    }

    /** @param ready whether all its files are there */
    private record LoggedModel(String id, long created, boolean ready, String artifactUri) {
        static LoggedModel of(JsonNode model) {
            JsonNode info = model.path("info");
            return new LoggedModel(
                    info.path("model_id").asText(),
                    info.path("creation_timestamp_ms").asLong(),
                    info.path("status").asText().equals("LOGGED_MODEL_READY"),
                    info.path("artifact_uri").asText());
        }
    }

    /** Makes the model where it is not there yet, with its files. @return its id */
    String ensure(ServerRun run, TrackedModel model) {
        LoggedModel kept = find(run.experiment(), model).orElseGet(() -> create(run, model));
        if (!kept.ready()) {
            for (Attachment file : model.files()) {
                uploader.upload(
                        kept.artifactUri() + "/" + file.path(), file.content().get());
            }
            rest.patch("logged-models/" + kept.id(), Map.of("model_id", kept.id(), "status", "LOGGED_MODEL_READY"));
        }
        return kept.id();
    }

    /** The server refuses some characters in a model's name, among them the point of a learning rate. */
    private static String accepted(String name) {
        return name.replaceAll("[/:.%\"']", "_");
    }

    private LoggedModel create(ServerRun run, TrackedModel model) {
        List<Map<String, Object>> params = LogBatches.pairs(model.params());
        rest.post(
                "logged-models",
                Map.of(
                        "experiment_id",
                        run.experiment(),
                        "name",
                        accepted(model.name()),
                        "model_type",
                        model.type(),
                        "source_run_id",
                        run.id(),
                        "params",
                        params,
                        "tags",
                        LogBatches.pairs(tags(run, model))));
        return find(run.experiment(), model)
                .orElseThrow(() -> new MlflowRefusal(
                        "the MLflow server created the model " + model.name() + " and does not know it", 0, ""));
    }

    private static Map<String, String> tags(ServerRun run, TrackedModel model) {
        Map<String, String> tags = new TreeMap<>(run.tags());
        tags.keySet().retainAll(CONTEXT);
        tags.put(model.identity().tag(), model.identity().value());
        return tags;
    }

    /** The one that everybody keeps; deletes all others of that identity. */
    private Optional<LoggedModel> find(String experiment, TrackedModel model) {
        List<LoggedModel> found = new ArrayList<>();
        rest.post(
                        "logged-models/search",
                        Map.of(
                                "experiment_ids",
                                List.of(experiment),
                                "filter",
                                "tags.`%s` = '%s'"
                                        .formatted(
                                                model.identity().tag(),
                                                model.identity().value()),
                                "max_results",
                                10))
                .path("models")
                .forEach(m -> found.add(LoggedModel.of(m)));
        found.sort(KEPT_FIRST);
        found.stream().skip(1).forEach(m -> rest.delete("logged-models/" + m.id()));
        return found.stream().findFirst();
    }

    /** Shows the model among those of the run; the server refuses to be told twice. */
    void output(ServerRun run, String model, long step) {
        if (isOutput(run, model)) {
            return;
        }
        try {
            rest.post(
                    "runs/outputs",
                    Map.of("run_id", run.id(), "models", List.of(Map.of("model_id", model, "step", step))));
        } catch (MlflowRefusal refusal) {
            // Somebody else, or our own request whose answer was lost, was first.
            if (!refusal.isAnswer() || !isOutput(run, model)) {
                throw refusal;
            }
        }
    }

    private boolean isOutput(ServerRun run, String model) {
        JsonNode outputs = rest.get("runs/get", Map.of("run_id", run.id()))
                .path("run")
                .path("outputs")
                .path("model_outputs");
        for (JsonNode output : outputs) {
            if (output.path("model_id").asText().equals(model)) {
                return true;
            }
        }
        return false;
    }
}
