package normlab.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Identity;

/**
 * A trained model as the tracking server is to list it. Equal identities in one experiment are one model, which the run
 * that is projected first has made; further runs show it too.
 *
 * @param type for people: {@code djl_pytorch}
 * @param metrics keys of those metrics of the run that were measured on the model
 * @param registration absent if the model is not among those that people look for
 */
public record TrackedModel(
        Identity identity,
        String name,
        String type,
        Map<String, String> params,
        Set<String> metrics,
        List<Attachment> files,
        Optional<Registration> registration) {
    public TrackedModel {
        params = Map.copyOf(params);
        metrics = Set.copyOf(metrics);
        files = List.copyOf(files);
    }

    /**
     * The place in the model registry where it becomes a version, unless it is one.
     *
     * @param name of the registered model
     * @param description Markdown
     * @param alias that is to name this version
     */
    public record Registration(String name, String description, String alias) {}
}
