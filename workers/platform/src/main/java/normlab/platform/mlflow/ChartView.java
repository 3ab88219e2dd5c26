package normlab.platform.mlflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import normlab.json.Json;

/**
 * The chart page of an experiment with its runs grouped by a param, mean and spread of each group: what the UI's share
 * button stores as a tag of the experiment. The form is not documented; it is that of MLflow 3.17. A server that does
 * not know it opens the page ungrouped.
 */
final class ChartView {
    /** Names the view in links. */
    static final String KEY = "normlab";

    static final String TAG = "mlflow.sharedViewState." + KEY;

    private ChartView() {}

    /** @param createdMillis any constant: equal views have equal values */
    static String value(String param, long createdMillis) {
        Map<String, Object> state = Map.of(
                "searchFilter",
                "",
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
                        List.of(Map.of("mode", "param", "groupByData", param))));
        return Json.write(Map.of(
                "name",
                "by " + param,
                "createdAt",
                createdMillis,
                "updatedAt",
                createdMillis,
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
