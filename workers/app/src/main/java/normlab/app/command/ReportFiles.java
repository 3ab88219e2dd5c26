package normlab.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.app.Home;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.ReportCampaign;
import normlab.port.ArtifactStore;
import normlab.trial.RunArchive;

/** Brings reports to where a person opens them. */
final class ReportFiles {
    private static final String FOLDER = "report/";

    private final Home home;
    private final ArtifactStore store;

    ReportFiles(Home home, ArtifactStore store) {
        this.home = home;
        this.store = store;
    }

    /** Copies the report that the campaign wrote. */
    void fetch(String run) {
        String prefix = new RunArchive(store, run).key(FOLDER);
        for (String key : store.list(prefix)) {
            write(run, key.substring(prefix.length()), store.require(key));
        }
    }

    /** Writes the report again, from the stored results, by this version of the code. @return the HTML file */
    Path again(String run) {
        CampaignContents contents = CampaignContents.read(store, run);
        ReportCampaign.files(new CampaignReport(store, ClaimFile.read(home)).again(contents))
                .forEach(f -> write(
                        run, f.path().substring(FOLDER.length()), f.content().get()));
        return home.reports(run).resolve("report.html");
    }

    /** The summary for the terminal. */
    String text(String run) {
        try {
            return Files.readString(home.reports(run).resolve("summary.txt"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report of " + run, e);
        }
    }

    private void write(String run, String name, byte[] bytes) {
        OutputFile.write(home.reports(run).resolve(name), bytes);
    }
}
