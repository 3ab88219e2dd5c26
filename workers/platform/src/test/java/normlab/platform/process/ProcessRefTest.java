package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessRefTest {
    @Test
    void aLaterProcessWithTheSameNumberIsAnother() {
        ProcessRef self = ProcessRef.current();
        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessRef(self.pid(), self.started() + "0").isAlive()).isFalse();
    }

    /** An instant would be derived from the clock, and differ after somebody has set that. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theStartIsCountedFromBootSoThatNoChangeOfTheClockMakesAProcessAnother() throws IOException {
        ProcessRef self = ProcessRef.current();
        String stat = Files.readString(Path.of("/proc/self/stat"));
        assertThat(self.started()).matches("[1-9][0-9]*");
        assertThat(stat).startsWith(self.pid() + " (").contains(" " + self.started() + " ");
    }

    @Test
    void anEndedProcessIsNotAlive() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessRef reference = ProcessRef.of(process.toHandle());
        assertThat(reference.isAlive()).isTrue();
        process.destroyForcibly().waitFor();
        assertThat(reference.isAlive()).isFalse();
    }
}
