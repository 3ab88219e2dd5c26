package normlab.platform.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.mlflow.MlflowTracker;
import normlab.platform.s3.S3ArtifactStore;
import normlab.platform.s3.S3Settings;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A user's proxy is for downloads: it must not see what is said to the servers. */
@Isolated
class ProxySettingsTest {
    private static final List<String> PROPERTIES = List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts");

    private final AtomicInteger seenByServer = new AtomicInteger();
    private final AtomicInteger seenByProxy = new AtomicInteger();
    private HttpServer server;
    private HttpServer proxy;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = counting(seenByServer);
        proxy = counting(seenByProxy);
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", String.valueOf(proxy.getAddress().getPort()));
        // Empty: else Java itself would leave the loopback interface out.
        System.setProperty("http.nonProxyHosts", "");
    }

    private static HttpServer counting(AtomicInteger requests) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterEach
    void stop() {
        PROPERTIES.forEach(System::clearProperty);
        server.stop(0);
        proxy.stop(0);
    }

    private void assertThatTheServerWasAskedDirectly() {
        assertThat(seenByServer).hasPositiveValue();
        assertThat(seenByProxy).hasValue(0);
    }

    @Test
    void theStoreIsAskedDirectly() {
        S3Settings settings = new S3Settings(address, "us-east-1", "normlab", "key", "secret", Optional.empty());
        try (S3ArtifactStore store = new S3ArtifactStore(settings)) {
            assertThat(catchThrowable(() -> store.list("trials/"))).isNotNull();
        }
        assertThatTheServerWasAskedDirectly();
    }

    @Test
    void conductorIsAskedDirectly() {
        try (ConductorEngine engine = new ConductorEngine(new ConductorServer(address))) {
            assertThat(catchThrowable(() -> engine.campaigns(1))).isNotNull();
        }
        assertThatTheServerWasAskedDirectly();
    }

    @Test
    void mlflowIsAskedDirectly() {
        try (MlflowTracker tracker = new MlflowTracker(MlflowServer.open(address), (key, bytes) -> {})) {
            assertThat(catchThrowable(() -> tracker.project(List.of(TrackedRuns.campaign("e", "r1")))))
                    .isNotNull();
        }
        assertThatTheServerWasAskedDirectly();
    }
}
