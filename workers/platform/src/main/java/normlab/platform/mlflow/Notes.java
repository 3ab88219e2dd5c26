package normlab.platform.mlflow;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import normlab.port.TrackedRun;

/** Replaces targets such as {@code artifact:report.html} in Markdown descriptions by addresses of the UI. */
final class Notes {
    private static final Pattern IMAGE = Pattern.compile("(!\\[[^]]*])\\(artifact:([^)]+)\\)");
    private static final Pattern LINK = Pattern.compile("(\\[[^]]*])\\(artifact:([^)]+)\\)");

    private Notes() {}

    static String of(TrackedRun run, ServerRun server) {
        String withImages = IMAGE.matcher(run.description())
                .replaceAll(m -> "%s(get-artifact?path=%s&run_uuid=%s)"
                        .formatted(m.group(1), URLEncoder.encode(m.group(2), StandardCharsets.UTF_8), server.id()));
        return LINK.matcher(withImages)
                .replaceAll(m -> "%s(#/experiments/%s/runs/%s/artifacts/%s)"
                        .formatted(m.group(1), server.experiment(), server.id(), m.group(2)));
    }
}
