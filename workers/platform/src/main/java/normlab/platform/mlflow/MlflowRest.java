package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * JSON over HTTP to {@code <base>/api/2.0/mlflow/}. Lost connections and transient errors are retried with
 * back-off, so a request may be executed twice; timeouts are not retried, since a server that hangs once hangs again.
 */
final class MlflowRest implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private final MlflowServer server;
    // HTTP/1.1: the server logs two warnings for each offer of HTTP/2.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final RetryPolicy<HttpResponse<byte[]>> retries = RetryPolicy.<HttpResponse<byte[]>>builder()
            .handleIf(e -> e instanceof IOException && !(e instanceof HttpTimeoutException))
            .handleResultIf(MlflowRest::passes)
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(2))
            .withMaxRetries(4)
            .build();

    MlflowRest(MlflowServer server) {
        this.server = server;
    }

    JsonNode get(String method, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return call(request(method + "?" + parameters).GET().build());
    }

    JsonNode post(String method, Map<String, ?> body) {
        return call(request(method)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    JsonNode patch(String method, Map<String, ?> body) {
        return call(request(method)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    void delete(String method) {
        call(request(method).DELETE().build());
    }

    private HttpRequest.Builder request(String target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/api/2.0/mlflow/" + target))
                .timeout(ANSWER);
        server.login().ifPresent(login -> request.header("Authorization", login.header()));
        return request;
    }

    private JsonNode call(HttpRequest request) {
        HttpResponse<byte[]> response = send(request);
        JsonNode body = body(response);
        if (response.statusCode() / 100 != 2) {
            throw refusal(request, response, body);
        }
        return body;
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return Failsafe.with(retries).get(() -> client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new MlflowRefusal("interrupted while waiting for " + request.uri(), e);
            }
            throw new MlflowRefusal(
                    "cannot reach the MLflow server: %s %s: %s; `./normlab up` starts the one of this machine"
                            .formatted(request.method(), request.uri(), reason(e)),
                    e);
        }
    }

    private static String reason(FailsafeException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** If two writers add the same row at once, such as a dataset, the second gets BAD_REQUEST, and its retry finds the row. */
    private static boolean passes(@Nullable HttpResponse<byte[]> response) {
        return response != null
                && (PASSING.contains(response.statusCode())
                        || (response.statusCode() == 400
                                && body(response).path("error_code").asText().equals("BAD_REQUEST")));
    }

    private static MlflowRefusal refusal(HttpRequest request, HttpResponse<byte[]> response, JsonNode body) {
        String code = body.path("error_code").asText("");
        return new MlflowRefusal(
                "%s %s answered %d %s: %s%s"
                        .formatted(
                                request.method(),
                                request.uri(),
                                response.statusCode(),
                                code,
                                body.path("message").asText("no message"),
                                advice(response.statusCode(), code)),
                response.statusCode(),
                code);
    }

    private static String advice(int status, String code) {
        if (status >= 500) {
            return "; read the server's log";
        }
        if (status == 401 || status == 403) {
            return "; does it require a login, or refuse this host name (--allowed-hosts)?";
        }
        return code.isEmpty() ? "; is it an MLflow server?" : "";
    }

    /** An error page of a gateway is not JSON; its status is enough. */
    private static JsonNode body(HttpResponse<byte[]> response) {
        try {
            return Json.parse(response.body(), response.uri().toString());
        } catch (InvalidInputException e) {
            if (response.statusCode() / 100 != 2) {
                return JsonNodeFactory.instance.objectNode();
            }
            throw new MlflowRefusal(
                    "%s answered %d with something other than JSON; is it an MLflow server?"
                            .formatted(response.uri(), response.statusCode()),
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
