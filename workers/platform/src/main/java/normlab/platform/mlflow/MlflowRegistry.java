package normlab.platform.mlflow;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.port.TrackedModel.Registration;
import normlab.port.TrackedRun.Identity;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.api.proto.ModelRegistry.RegisteredModel;

/**
 * The model registry. Each creation makes another version, so an existing version is searched first, and again
 * afterwards: processes that create it at the same time keep the same one.
 */
final class MlflowRegistry {
    private static final int PAGE = 1_000;

    private final MlflowConnection connection;
    private final UnsupportedEndpoints unsupported;

    MlflowRegistry(MlflowConnection connection, UnsupportedEndpoints unsupported) {
        this.connection = connection;
        this.unsupported = unsupported;
    }

    /**
     * Registers the logged model as a version under the alias, unless it is one already.
     *
     * @param model its id
     * @param tag of its identity
     */
    void register(Registration place, String run, String model, Identity tag) {
        RegisteredModel registered = ensure(place);
        String version = version(place.name(), model, tag).orElseGet(() -> create(place, run, model, tag));
        if (!isAlias(registered, place.alias(), version)) {
            unsupported.setAlias(place, version);
        }
    }

    /** Whether nothing is registered there under the alias. */
    boolean lacks(Registration place) {
        return find(place.name())
                .filter(registered -> registered.getAliasesList().stream()
                        .anyMatch(a -> a.getAlias().equals(place.alias())))
                .isEmpty();
    }

    /** Read first: the client repeats a creation that the server rejects. */
    private RegisteredModel ensure(Registration place) {
        return find(place.name()).orElseGet(() -> {
            try {
                unsupported.createRegisteredModel(place);
            } catch (MlflowRefusal refusal) {
                // Another process, or our own request whose answer was lost, came first.
                if (!refusal.code().equals("RESOURCE_ALREADY_EXISTS")) {
                    throw refusal;
                }
            }
            return find(place.name())
                    .orElseThrow(() -> new MlflowRefusal(
                            "the MLflow server created the registered model %s but does not find it"
                                    .formatted(place.name()),
                            0,
                            ""));
        });
    }

    private Optional<RegisteredModel> find(String name) {
        try {
            return Optional.of(connection.ask("GET registered-models/get", c -> c.getRegisteredModel(name)));
        } catch (MlflowRefusal refusal) {
            if (refusal.code().equals("RESOURCE_DOES_NOT_EXIST")) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private String create(Registration place, String run, String model, Identity tag) {
        unsupported.createVersion(place, run, model, tag);
        return version(place.name(), model, tag)
                .orElseThrow(() -> new MlflowRefusal(
                        "the MLflow server created a version of %s but does not find it".formatted(place.name()),
                        0,
                        ""));
    }

    /** The version that all processes keep; deletes the duplicates, but no version that a user has made of the model. */
    private Optional<String> version(String name, String model, Identity tag) {
        List<ModelVersion> found = connection
                .ask(
                        "GET model-versions/search",
                        c -> c.searchModelVersions("name = '%s'".formatted(name), PAGE, List.of()))
                .getItems()
                .stream()
                .filter(v -> v.getSource().equals("models:/" + model))
                .sorted(Comparator.comparingInt(v -> Integer.parseInt(v.getVersion())))
                .toList();
        found.stream()
                .skip(1)
                .filter(v -> v.getTagsList().stream()
                        .anyMatch(t ->
                                t.getKey().equals(tag.tag()) && t.getValue().equals(tag.value())))
                .forEach(v -> unsupported.deleteVersion(name, v.getVersion()));
        return found.stream().findFirst().map(ModelVersion::getVersion);
    }

    private static boolean isAlias(RegisteredModel registered, String alias, String version) {
        return registered.getAliasesList().stream()
                .anyMatch(a -> a.getAlias().equals(alias) && a.getVersion().equals(version));
    }
}
