package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import normlab.app.config.Connections;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.server.Endpoints;
import normlab.platform.stack.Stack;

/** The running servers and workers that a test looks at directly, past the command line. */
record EmbeddedStack(Home home) {
    Endpoints endpoints() {
        return stack().state().orElseThrow().endpoints();
    }

    Connections connect() {
        return Connections.to(endpoints(), home);
    }

    /** Where Prometheus scrapes a worker, as its file-based service discovery finds it. */
    URI metricsAddress(String worker) throws IOException {
        Path file = home.stack().metrics(worker);
        String target = Json.parse(Files.readAllBytes(file), file.toString())
                .at("/0/targets/0")
                .asText();
        return URI.create("http://" + target);
    }

    /** What Prometheus scrapes from a worker. */
    String metrics(String worker) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metricsAddress(worker).resolve("/metrics"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** The MLflow runs of the first experiment that match the filter. */
    JsonNode mlflowRuns(String filter) throws IOException, InterruptedException {
        String url = endpoints().mlflowUrl();
        Map<String, Object> search = Map.of("experiment_ids", List.of("1"), "filter", filter, "max_results", 100);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/2.0/mlflow/runs/search"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(search)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            return Json.parse(body, url).path("runs");
        }
    }

    /** Sends a signal such as {@code KILL} to the process of a worker. */
    void signal(String worker, String signal) throws IOException, InterruptedException {
        long pid = stack().state()
                .orElseThrow()
                .member(worker)
                .orElseThrow()
                .process()
                .orElseThrow()
                .pid();
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private Stack stack() {
        return new Stack(home.stack());
    }
}
