package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import normlab.app.config.Home;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void numbersAreWrittenAlikeWhateverTheUsersCountry() throws IOException, InterruptedException {
        Process german = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.language=de",
                        "-Duser.country=DE",
                        "-Dnormlab.home=" + Home.current().root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "normlab.app.Main",
                        "describe",
                        "plain-8")
                .redirectErrorStream(true)
                .start();
        String text = new String(german.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(german.waitFor()).as(text).isZero();
        assertThat(text).contains("40,026");
    }
}
