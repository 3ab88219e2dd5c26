package normlab.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ImagesPage;
import normlab.app.campaign.TrackedPages;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.report.Report;

/** Brings reports to where a person opens them. */
public final class ReportFiles {
    private final Home home;
    private final ArtifactStore store;

    public ReportFiles(Home home, ArtifactStore store) {
        this.home = home;
        this.store = store;
    }

    /** Copies the report that the campaign wrote, and writes the page of images beside it. */
    void fetch(String run) {
        String prefix = new CampaignArchive(store, run).key(CampaignReport.FOLDER);
        store.list(prefix).parallelStream()
                .forEach(key -> WrittenFile.write(
                        home.reports(run).resolve(key.substring(prefix.length())), store.require(key)));
        ImagesPage.of(store, run)
                .ifPresent(page -> WrittenFile.write(home.reports(run).resolve(ImagesPage.FILE), page));
    }

    /** Writes a report, and beside it the pages of MLflow's addresses and of images if there are any. @return the files, in order */
    public List<WrittenFile> write(String campaign, Report report) {
        Path folder = home.reports(campaign);
        TreeMap<String, byte[]> files = report.files();
        store.get(new CampaignArchive(store, campaign).key(TrackedPages.PAGE))
                .ifPresent(page -> files.put(TrackedPages.PAGE.substring(CampaignReport.FOLDER.length()), page));
        ImagesPage.of(store, campaign).ifPresent(page -> files.put(ImagesPage.FILE, page));
        return files.entrySet().stream()
                .map(file -> WrittenFile.into(folder, file.getKey(), file.getValue()))
                .toList();
    }

    /** The summary for the terminal. */
    String text(String run) {
        try {
            return Files.readString(home.reports(run).resolve("summary.txt"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report of " + run, e);
        }
    }
}
