package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConductorUnavailableTest {
    @Test
    void aServerThatDoesNotAnswerIsNamedWithWhatToType() throws IOException {
        ConductorServer nobody = nobody();
        try (ConductorEngine engine = new ConductorEngine(nobody)) {
            assertThatThrownBy(() -> engine.start("r1"))
                    .isInstanceOf(ConductorUnavailableException.class)
                    .hasMessageContaining(nobody.address().toString())
                    .hasMessageContaining("./normlab up");
        }
    }

    @Test
    @Timeout(20)
    void aHostWithoutAServerWaitsAndCanBeClosed() throws IOException {
        WorkerHost host = WorkerHost.start(
                nobody(),
                "slot-1",
                List.of(Benchmarks.train((input, context) -> {})),
                Duration.ofMillis(20),
                Optional.empty());

        assertThat(host.identity()).endsWith(ProcessHandle.current().pid() + ":slot-1");
        host.close(Duration.ofSeconds(1));
    }

    private static ConductorServer nobody() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ConductorServer(URI.create("http://127.0.0.1:" + closed.getLocalPort()));
        }
    }
}
