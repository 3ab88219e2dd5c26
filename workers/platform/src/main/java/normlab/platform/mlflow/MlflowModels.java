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
 * Logged models. Each creation makes another model, so a model is searched by the tag of its identity first, and again
 * afterwards: processes that create it at the same time keep the same one.
 */
final class MlflowModels {
    private static final Comparator<LoggedModel> KEPT_FIRST =
            Comparator.comparingLong(LoggedModel::created).thenComparing(LoggedModel::id);

    /** Tags of the run that MLflow's own clients copy to its models; the first is shown as "Created by". */
    private static final List<String> CONTEXT =
            List.of("mlflow.user", "mlflow.source.name", "mlflow.source.type", "mlflow.source.git.commit");

    private final UnsupportedEndpoints unsupported;
    private final ArtifactUploader uploader;

    MlflowModels(UnsupportedEndpoints unsupported, ArtifactUploader uploader) {
        this.unsupported = unsupported;
        this.uploader = uploader;
    }

    /** @param ready whether all its files are uploaded */
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

    /** Creates the model with its files, unless it exists. @return its id */
    String ensure(ServerRun run, TrackedModel model) {
        LoggedModel kept = find(run.experiment(), model).orElseGet(() -> create(run, model));
        if (!kept.ready()) {
            for (Attachment file : model.files()) {
                uploader.upload(
                        kept.artifactUri() + "/" + file.path(), file.content().get());
            }
            unsupported.modelIsReady(kept.id());
        }
        return kept.id();
    }

    /** The server refuses some characters in a model's name, among them the decimal point of a learning rate. */
    private static String accepted(String name) {
        return name.replaceAll("[/:.%\"']", "_");
    }

    private LoggedModel create(ServerRun run, TrackedModel model) {
        unsupported.createModel(run, model, accepted(model.name()), tags(run, model));
        return find(run.experiment(), model)
                .orElseThrow(() -> new MlflowRefusal(
                        "the MLflow server created the model " + model.name() + " but does not find it", 0, ""));
    }

    private static Map<String, String> tags(ServerRun run, TrackedModel model) {
        Map<String, String> tags = new TreeMap<>(run.tags());
        tags.keySet().retainAll(CONTEXT);
        tags.put(model.identity().tag(), model.identity().value());
        return tags;
    }

    /** The model that all processes keep; deletes the duplicates. */
    private Optional<LoggedModel> find(String experiment, TrackedModel model) {
        List<LoggedModel> found = new ArrayList<>();
        unsupported.models(experiment, model.identity()).forEach(m -> found.add(LoggedModel.of(m)));
        found.sort(KEPT_FIRST);
        found.stream().skip(1).forEach(m -> unsupported.deleteModel(m.id()));
        return found.stream().findFirst();
    }

    /** Shows the model with the run; the server rejects a second request for it. */
    void output(ServerRun run, String model, long step) {
        if (isOutput(run, model)) {
            return;
        }
        try {
            unsupported.addOutput(run.id(), model, step);
        } catch (MlflowRefusal refusal) {
            // Another process, or our own request whose answer was lost, came first.
            if (!refusal.isAnswer() || !isOutput(run, model)) {
                throw refusal;
            }
        }
    }

    private boolean isOutput(ServerRun run, String model) {
        return unsupported.outputs(run.id()).contains(model);
    }
}
