package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessRefTest {
    @Test
    void aLaterProcessWithTheSameNumberIsAnother() {
        ProcessRef self = ProcessRef.current();
        assertThat(self.isAlive()).isTrue();
        assertThat(new ProcessRef(self.pid(), self.started().minusSeconds(60)).isAlive())
                .isFalse();
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
