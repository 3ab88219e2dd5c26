package normlab.app.tracking;

import java.util.Map;
import java.util.TreeMap;
import normlab.campaign.CampaignRecord;

/** Tags of every run: MLflow's own where it has one, ours under {@code normlab.}. */
final class RunTags {
    private static final String DIRTY = "-dirty";

    private RunTags() {}

    /** @param kind {@code campaign} or {@code trial} */
    static Map<String, String> of(String kind, CampaignRecord record) {
        Map<String, String> tags = new TreeMap<>();
        boolean dirty = record.code().endsWith(DIRTY);
        tags.put("normlab.kind", kind);
        tags.put("normlab.dirty", Boolean.toString(dirty));
        tags.put("mlflow.source.name", shortened(record.command()));
        tags.put("mlflow.source.type", "JOB");
        tags.put(
                "mlflow.source.git.commit",
                dirty ? record.code().substring(0, record.code().length() - DIRTY.length()) : record.code());
        record.user().ifPresent(u -> tags.put("mlflow.user", u));
        record.rerunOf().ifPresent(r -> tags.put("normlab.rerunOf", r));
        return tags;
    }

    /** The most that the server keeps of a text. */
    static String shortened(String text) {
        return text.length() <= 4_000 ? text : text.substring(0, 3_999) + "…";
    }
}
