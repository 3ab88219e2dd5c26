package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.app.Main;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    private static final Path PAGE = Path.of(System.getProperty("normlab.home"), "docs/reference/command-line.md");

    @Test
    void theReferenceSaysWhatTheCommandsAre() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("write it again: ./normlab reference > docs/reference/command-line.md")
                .isEqualTo(ReferencePage.of(Main.commandLine()));
    }
}
