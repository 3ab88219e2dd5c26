package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSetupTest {
    @Test
    void aJarThatIsBuiltAgainMakesAnotherBuild(@TempDir Path folder) throws IOException {
        Path jar = Files.writeString(folder.resolve("normlab-app.jar"), "code");
        String before = WorkerSetup.build(jar.toString());
        assertThat(WorkerSetup.build(jar.toString())).isEqualTo(before);

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));

        assertThat(WorkerSetup.build(jar.toString())).isNotEqualTo(before);
    }

    @Test
    void whatThisCommandSetsDifferentlyIsNamedAndWhatItDoesNotSetAsksForNothing() {
        Map<String, String> running = Map.of("build", "a", "NORMLAB_SLOTS", "2");

        assertThat(WorkerSetup.changes(running, Map.of("build", "a"))).isEmpty();
        assertThat(WorkerSetup.changes(running, Map.of("build", "b", "NORMLAB_SLOTS", "4")))
                .containsExactlyInAnyOrder(
                        "its workers run a different build of the code",
                        "its workers have NORMLAB_SLOTS=2, this command has 4");
    }
}
