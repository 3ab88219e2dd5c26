package normlab.app.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.app.config.Home;
import normlab.platform.server.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {
    @TempDir
    private Path data = Path.of("");

    @Test
    void aCampaignThatDoesNotExistIsRefusedBeforeAnyServerStarts() throws IOException {
        Home home = new Home(Path.of(System.getProperty("normlab.home")), data);
        Files.createDirectories(home.stack().data("s3").resolve(Endpoints.BUCKET));
        for (String command : new String[] {"resume", "rerun"}) {
            Shell.Answer answer = new Shell(data).run(command, "quick-1");
            assertThat(answer.exitCode()).as(command).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(answer.err())
                    .endsWith("[quick-1] is not a campaign of this store; ./normlab status lists them\n");
            assertThat(home.stack().stateFile()).doesNotExist();
        }
    }
}
