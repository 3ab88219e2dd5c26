package normlab.port;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;

/**
 * A run as the tracking server is to show it: a projection of what lies in the store. Sent twice, it changes nothing.
 *
 * @param experiment name under which runs are listed
 * @param identity tag name and value by which the run is found again, for example {@code normlab.trial → key}
 * @param parent identity of the parent run, for a trial within a campaign
 * @param params at most 6,000 characters each
 * @param metrics points with the times at which they were measured, never the time of sending; a curve only grows: a
 *     step that is measured again keeps the point that was shown first
 * @param description Markdown, at most 8,000 characters; a link or image with the target {@code artifact:PATH} leads to
 *     that attachment
 * @param models that the run made
 */
public record TrackedRun(
        String experiment,
        Identity identity,
        Optional<Identity> parent,
        String name,
        String description,
        Status status,
        Instant startedAt,
        Optional<Instant> endedAt,
        Map<String, String> params,
        Map<String, String> tags,
        List<MetricPoint> metrics,
        List<DatasetInput> datasets,
        List<Attachment> attachments,
        List<TrackedModel> models) {

    /** The tag that makes a run findable. Two identities with equal values are the same run. */
    public record Identity(String tag, String value) {}

    /** As the tracking server shows it. */
    public enum Status {
        RUNNING,
        FINISHED,
        FAILED,
        KILLED
    }

    /** One point of a metric's curve; {@code value} must be finite. */
    public record MetricPoint(String key, double value, long step, Instant at) {}

    /**
     * A dataset that the run used.
     *
     * @param digest at most 36 characters
     * @param context what for: {@code training}
     * @param profile JSON object of its sizes
     */
    public record DatasetInput(String name, String digest, String context, String source, String profile) {}

    /**
     * A file, by path below the artifact root of its run or model.
     *
     * @param version another one where the bytes are others
     * @param content asked for only if the file is to be uploaded
     */
    public record Attachment(String path, String version, Supplier<byte[]> content) {
        public static Attachment of(String path, byte[] bytes) {
            return new Attachment(path, Sha256.of(bytes), () -> bytes);
        }
    }
}
