package normlab.app.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import normlab.app.cli.Shell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
    private static final String LICENCE = "MIT, Copyright © 2017 Zalando SE, https://tech.zalando.com";

    @TempDir
    private Path home;

    @Test
    void theListNamesEachLicenceInLinesThatCanBeRead() {
        Shell.Answer answer = new Shell(home).run("data");
        assertThat(answer.out())
                .containsPattern("fashion-mnist-sample +VERIFIED .* MIT\n")
                .doesNotContain(LICENCE);
        assertThat(answer.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(140));
    }

    @Test
    void aDatasetThatIsAskedForShowsItsWholeLicence() {
        assertThat(new Shell(home).run("data", "fashion-mnist-sample").out()).contains(LICENCE);
    }
}
