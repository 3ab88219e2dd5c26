package normlab.app.rehearsal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import normlab.app.config.Target;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.Endpoints;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;

/**
 * Answers on loopback like the servers of a stack whose one campaign has ended, so far as the commands that look at
 * campaigns ask.
 */
public final class RehearsalServer implements AutoCloseable {
    private static final String S3 = "/" + Endpoints.BUCKET + "/";
    private static final Pattern PREFIX = Pattern.compile("prefix=([^&]*)");
    private static final Map<String, String> CONDUCTOR = Map.of(
            "/workflow/search",
            "{\"totalHits\":1,\"results\":[{\"startTime\":\"2026-01-01T00:00:00Z\",\"status\":\"COMPLETED\"}]}",
            "/correlated/",
            "[{\"workflowId\":\"w\",\"createTime\":1}]",
            "/workflow/w",
            "{\"workflowId\":\"w\",\"status\":\"COMPLETED\",\"tasks\":[]}");

    private final HttpServer server;
    private final ArtifactStore store;

    /** @param store whose objects it serves */
    public RehearsalServer(ArtifactStore store) throws IOException {
        this.store = store;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public Target target() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Target(
                address,
                MlflowServer.open(address),
                new S3Settings(address, "us-east-1", Endpoints.BUCKET, "nobody", "nothing", Optional.empty()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI asked = exchange.getRequestURI();
        Matcher listed = PREFIX.matcher(String.valueOf(asked.getQuery()));
        if (listed.find()) {
            send(exchange, 200, listing(listed.group(1)).getBytes(StandardCharsets.UTF_8));
        } else if (asked.getPath().startsWith(S3)) {
            object(exchange, asked.getPath().substring(S3.length()));
        } else {
            String json = CONDUCTOR.entrySet().stream()
                    .filter(e -> asked.getPath().contains(e.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("{}");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            send(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String listing(String prefix) {
        StringBuilder keys = new StringBuilder();
        store.list(prefix)
                .forEach(key -> keys.append("<Contents><Key>").append(key).append("</Key></Contents>"));
        return "<ListBucketResult><IsTruncated>false</IsTruncated>" + keys + "</ListBucketResult>";
    }

    private void object(HttpExchange exchange, String key) throws IOException {
        Optional<byte[]> bytes = store.get(key);
        if (bytes.isPresent()) {
            exchange.getResponseHeaders().add("x-amz-meta-normlab-sha256", Sha256.of(bytes.get()));
        }
        send(
                exchange,
                bytes.isPresent() ? 200 : 404,
                bytes.orElse("<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
