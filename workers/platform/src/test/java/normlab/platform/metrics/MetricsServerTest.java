package normlab.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    @Test
    void aScrapeOfTheAddressInTheFileShowsWhatTheProcessHasDone() throws Exception {
        Path file = folder.resolve("metrics/slot-1.json");
        try (MetricsServer server = MetricsServer.start(ANY, file, "slot-1")) {
            WorkerMetrics.taskBegins("train");
            WorkerMetrics.epochEnds(2900);
            String during = scrape(file);
            assertThat(during)
                    .contains("normlab_tasks_running{task=\"train\"} 1.0")
                    .contains("normlab_training_images_per_second 2900.0")
                    .contains("jvm_memory_used_bytes");
            WorkerMetrics.taskEnds("train", "COMPLETED", 12.5);
            WorkerMetrics.storeFails(true);
            assertThat(scrape(file))
                    .contains("normlab_tasks_running{task=\"train\"} 0.0")
                    .contains("normlab_tasks_total{status=\"COMPLETED\",task=\"train\"} 1.0")
                    .contains("normlab_task_duration_seconds_bucket{task=\"train\",le=\"60.0\"} 1")
                    .contains("normlab_store_failures_total{passing=\"true\"} 1.0");
            assertThat(server.port()).isPositive();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void anAddressThatIsTakenIsNamed() {
        try (MetricsServer first = MetricsServer.start(ANY, folder.resolve("a.json"), "a")) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
            assertThatThrownBy(() -> MetricsServer.start(taken, folder.resolve("b.json"), "b"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(first.port()));
        }
    }

    /** As Prometheus does with file-based service discovery. */
    private static String scrape(Path file) throws Exception {
        JsonNode group = new ObjectMapper().readTree(Files.readAllBytes(file)).path(0);
        assertThat(group.path("labels").path("role").asText()).isEqualTo("slot-1");
        URI address = URI.create("http://" + group.path("targets").path(0).asText() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
