package normlab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedPageTest {
    @TempDir
    private Path folder;

    @Test
    void onlyWhatIsBetweenTheMarksIsReplaced() throws IOException {
        Path page = page("a\n<!-- written by make x: begin -->\nold\n<!-- written by make x: end -->\nz\n");
        MarkedPage.write(page, "make x", "new\n");
        MarkedPage.write(page, "make x", "newer\n");
        assertThat(page)
                .hasContent("a\n<!-- written by make x: begin -->\nnewer\n<!-- written by make x: end -->\nz\n");
    }

    @Test
    void aPageWithoutMarksIsRefusedAndKept() throws IOException {
        Path page = page("text\n");
        assertThatThrownBy(() -> MarkedPage.write(page, "make x", "new\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("<!-- written by make x: begin -->");
        assertThat(page).hasContent("text\n");
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text);
    }
}
