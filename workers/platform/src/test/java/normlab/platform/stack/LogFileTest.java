package normlab.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    @Test
    void aLogThatHasGrownIsPutAside() throws IOException {
        Path file = folder.resolve("mlflow.log");
        LogFile log = new LogFile(file);
        for (String text : new String[] {"oldest", "older", "newest"}) {
            Files.writeString(log.open(3), text);
        }
        assertThat(file).hasContent("newest");
        assertThat(folder.resolve("mlflow.log.1")).hasContent("older");
        assertThat(folder.resolve("mlflow.log.2")).hasContent("oldest");
    }

    @Test
    void aSmallLogIsAppendedTo() throws IOException {
        Path file = folder.resolve("mlflow.log");
        Files.writeString(file, "text");
        new LogFile(file).open(100);
        assertThat(file).hasContent("text");
    }

    @Test
    void theTailHasTheLastLines() throws IOException {
        Path file = folder.resolve("mlflow.log");
        Files.writeString(file, "one\ntwo\nthree\n");
        assertThat(new LogFile(file).tail(2))
                .contains("mlflow.log", "two", "three")
                .doesNotContain("one");
    }
}
