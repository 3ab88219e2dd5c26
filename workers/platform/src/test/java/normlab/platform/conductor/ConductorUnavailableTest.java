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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    void aServerThatAcceptsAndNeverAnswersIsNamedAgainAndAgain() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        List<String> said = new CopyOnWriteArrayList<>();
        // Connections wait to be accepted: a client connects, sends its request and gets nothing.
        ServerSocket hung = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ConductorServer server = new ConductorServer(URI.create("http://127.0.0.1:" + hung.getLocalPort()));
        Consumer<String> progress = line -> {
            said.add(line);
            twice.countDown();
        };
        try (ConductorEngine engine = new ConductorEngine(server, progress, Duration.ofMillis(1))) {
            Future<?> answer = CompletableFuture.runAsync(() -> engine.state("workflow"));
            assertThat(twice.await(15, TimeUnit.SECONDS)).isTrue();
            hung.close();
            assertThatThrownBy(answer::get).hasCauseInstanceOf(ConductorUnavailableException.class);
        }
        assertThat(said)
                .contains("[Conductor] %s has not answered yet (read a campaign); is it up: ./normlab doctor"
                        .formatted(server.address()));
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
