package normlab.platform.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
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
    void aLogThatGrowsIsPutAsideUnderTheProcessThatWritesIt() throws IOException {
        Path file = folder.resolve("conductor.log");
        LogFile log = new LogFile(file);
        try (OutputStream process = Files.newOutputStream(log.open(), CREATE, APPEND)) {
            for (String text : new String[] {"oldest", "older", "newest"}) {
                process.write(text.getBytes(US_ASCII));
                log.trim(3);
            }
            process.write("on".getBytes(US_ASCII));
            log.trim(3);
        }
        assertThat(file).hasContent("on");
        assertThat(folder.resolve("conductor.log.1")).hasContent("newest");
        assertThat(folder.resolve("conductor.log.2")).hasContent("older");
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
