package normlab.platform.mlflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import normlab.json.Json;
import normlab.port.TrackedExperiment;

/**
 * The chart page of an experiment with its runs grouped by params, and mean and spread of each group, in the form in
 * which the UI's share button stores it as a tag of the experiment. The form is undocumented; it is that of MLflow 3.17. A
 * server that does not know it opens the page without groups.
 */
final class ChartView {
    /** Names the view in links. */
    static final String KEY = "normlab";

    static final String TAG = "mlflow.sharedViewState." + KEY;

    private ChartView() {}

    /** Equal for equal experiments: the time of creation is a constant. */
    static String value(TrackedExperiment experiment) {
        Map<String, Object> state = Map.of(
                "searchFilter",
                "tags.`%s` = '%s'"
                        .formatted(
                                experiment.shownTag().tag(),
                                experiment.shownTag().value()),
                "orderByKey",
                "attributes.start_time",
                "orderByAsc",
                false,
                "startTime",
                "ALL",
                "lifecycleFilter",
                "Active",
                "datasetsFilter",
                List.of(),
                "modelVersionFilter",
                "All Runs",
                "runsHiddenMode",
                "SHOWALL",
                "groupBy",
                Map.of(
                        "aggregateFunction",
                        "average",
                        "groupByKeys",
                        experiment.groupedBy().stream()
                                .map(param -> Map.of("mode", "param", "groupByData", param))
                                .toList()));
        return Json.write(Map.of(
                "name",
                "by " + String.join(" and ", experiment.groupedBy()),
                "createdAt",
                0,
                "updatedAt",
                0,
                "state",
                "deflate;" + Base64.getEncoder().encodeToString(deflate(Json.bytes(state)))));
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return deflated.toByteArray();
    }
}
