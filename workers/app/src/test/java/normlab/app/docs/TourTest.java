package normlab.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tour of the code in {@code docs/architecture.md}. */
class TourTest {
    private static final Path DOCS = Path.of(System.getProperty("normlab.home"), "docs");
    private static final Pattern FILE =
            Pattern.compile("^- \\[(\\w+)]\\((\\.\\./workers/\\S+\\.java)\\): \\S.*", Pattern.MULTILINE);

    @Test
    void everyFileOfTheTourExistsAndTheTourIsShort() throws IOException {
        List<Path> files = FILE.matcher(Files.readString(DOCS.resolve("architecture.md")))
                .results()
                .map(entry -> DOCS.resolve(entry.group(2)).normalize())
                .toList();
        assertThat(files)
                .hasSizeBetween(20, 40)
                .doesNotHaveDuplicates()
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }
}
