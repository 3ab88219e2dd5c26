package normlab.app.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import normlab.app.campaign.FolderStore;
import normlab.app.campaign.SampleCampaign;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignRecord;
import normlab.platform.config.ExperimentFiles;
import normlab.platform.s3.StoreFolder;
import normlab.platform.server.Endpoints;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("normlab.home"));
    private static final Instant START = Instant.parse("2026-10-01T12:00:00Z");

    @TempDir
    private Path data = Path.of("");

    private Home home = new Home(ROOT, data);
    private FolderStore store = new FolderStore(new StoreFolder(data));

    @BeforeEach
    void openTheStore() throws IOException {
        home = new Home(ROOT, data);
        Path bucket = home.stack().data("s3").resolve(Endpoints.BUCKET);
        Files.createDirectories(bucket);
        store = new FolderStore(new StoreFolder(bucket));
    }

    @Test
    void withTheStackDownACampaignIsListedAsTheStoreKnowsIt() {
        new SampleCampaign(home, store, "sample").written();
        Shell.Answer answer = new Shell(data).run("status");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
        assertThat(answer.out()).containsPattern("sample +COMPLETED +(\\d+)/\\1 ");
    }

    @Test
    void aStateFileThatIsDamagedIsNotTakenForAStackThatIsDown() throws IOException {
        new SampleCampaign(home, store, "sample").written();
        Files.createDirectories(home.stack().stateFile().getParent());
        Files.writeString(home.stack().stateFile(), "{\"endpoints\":{\"bucket\":\"norm");
        Shell.Answer answer = new Shell(data).run("status");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
        assertThat(answer.out()).contains("sample ");
        assertThat(answer.err()).contains("It is damaged, or another version wrote it: delete the file");
    }

    @Test
    void aDateThatIsNoneIsRefusedInWords() {
        Shell.Answer answer = new Shell(data).run("status", "--since", "yesterday");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err())
                .contains("'--since': 'yesterday' is not a date, expected one such as 2026-11-20")
                .doesNotContain("java.time");
    }

    @Test
    void theNewestTwentyAreListedAndAllOnRequest() {
        record("smoke", 23);
        String newest = new Shell(data).run("status").out();
        assertThat(newest)
                .contains("smoke-22 ", "smoke-3 ", "3 older campaigns")
                .doesNotContain("smoke-2 ");
        assertThat(newest.indexOf("smoke-22 ")).isLessThan(newest.indexOf("smoke-21 "));
        assertThat(new Shell(data).run("status", "--all").out())
                .contains("smoke-22 ", "smoke-0 ")
                .doesNotContain("older campaigns");
    }

    @Test
    void campaignsAreFilteredByExperimentAndDate() {
        record("smoke", 3);
        record("quick", 3);
        assertThat(new Shell(data).run("status", "--experiment", "quick").out())
                .contains("quick-0 ", "quick-2 ")
                .doesNotContain("smoke");
        assertThat(new Shell(data).run("status", "--experiment", "nosuch").out())
                .contains("No such campaign; list all: ./normlab status --all");
        assertThat(new Shell(data).run("status", "--since", "2026-10-03").out())
                .contains("quick-2 ", "smoke-2 ")
                .doesNotContain("quick-1 ", "smoke-1 ");
    }

    private void record(String experiment, int count) {
        for (int day = 0; day < count; day++) {
            CampaignRecord record = campaign(experiment, day);
            new CampaignArchive(store, record.id())
                    .open(record, new ExperimentFiles(home.experiments()).load(experiment));
        }
    }

    private static CampaignRecord campaign(String experiment, int day) {
        return new CampaignRecord(
                experiment + "-" + day, experiment, START.plusSeconds(86_400L * day), "4f2a91c", Optional.empty());
    }
}
