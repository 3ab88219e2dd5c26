package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import normlab.campaign.CampaignArchive;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.trial.TrialId;

/**
 * Where the tracking server shows a campaign and its trials. Kept in the store once they are shown, beside the report,
 * which is written before and does not wait for the server.
 *
 * @param campaign address of its page
 * @param trials addresses of their pages
 */
public record TrackedPages(String campaign, Map<TrialId, String> trials) {
    /** Of {@link #html}, beside the report that links to it. */
    public static final String PAGE = "report/mlflow.html";

    private static final String FILE = "mlflow.json";

    public TrackedPages {
        trials = Map.copyOf(trials);
    }

    /** Empty for a campaign that has not been shown with its report. */
    public static Optional<TrackedPages> of(ArtifactStore store, String campaign) {
        String key = new CampaignArchive(store, campaign).key(FILE);
        return store.get(key).map(bytes -> Json.read(bytes, TrackedPages.class, key));
    }

    public void write(ArtifactStore store, CampaignContents contents) {
        CampaignArchive archive = new CampaignArchive(store, contents.record().id());
        store.put(archive.key(FILE), Json.bytes(this));
        store.put(archive.key(PAGE), html(contents).getBytes(StandardCharsets.UTF_8));
    }

    /** A page of links. */
    private String html(CampaignContents contents) {
        StringBuilder items = new StringBuilder();
        contents.plan()
                .trials()
                .forEach(t -> Optional.ofNullable(trials.get(t.id()))
                        .ifPresent(page -> items.append("<li>%s</li>\n".formatted(link(t.label(), page)))));
        String id = contents.record().id();
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <title>%1$s in MLflow</title>
                <h1>%1$s in MLflow</h1>
                <p>%2$s; its trials:</p>
                <ul>
                %3$s</ul>
                <p><a href="report.html">The report</a></p>
                </html>
                """.formatted(escaped(id), link("The campaign", campaign), items);
    }

    private static String link(String text, String address) {
        // Nothing but a web address: a page must not run what an address brings along.
        return address.matches("(?i)https?://.*")
                ? "<a href=\"%s\">%s</a>".formatted(escaped(address), escaped(text))
                : escaped(text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
