package normlab.platform.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A gateway to an MLflow server that misbehaves for some paths, and passes everything else on. */
final class FaultyGateway implements AutoCloseable {
    /** What becomes of a request. */
    enum Fault {
        NONE,
        /** The server acts, and the caller gets a 500. */
        ERROR_AFTERWARDS,
        /** The server is not asked, and the caller gets no answer until the link is closed. */
        HANG
    }

    /** Decides by path, for example {@code /api/2.0/mlflow/runs/create}; called once for each request. */
    interface Faults {
        Fault of(String path);

        /** The first so many requests for this path. */
        static Faults first(int count, Fault fault, Predicate<String> path) {
            AtomicInteger seen = new AtomicInteger();
            return p -> path.test(p) && seen.incrementAndGet() <= count ? fault : Fault.NONE;
        }
    }

    private final URI target;
    private final Faults faults;
    private final HttpServer server;
    private final HttpClient onward =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);

    FaultyGateway(URI target, Faults faults) throws IOException {
        this.target = target;
        this.faults = faults;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(exchanges);
        server.createContext("/", this::handle);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            byte[] sent = body.readAllBytes();
            Fault fault = faults.of(exchange.getRequestURI().getPath());
            if (fault == Fault.HANG) {
                closed.await();
                return;
            }
            HttpResponse<byte[]> answer = pass(exchange, sent);
            int status = fault == Fault.ERROR_AFTERWARDS ? 500 : answer.statusCode();
            exchange.sendResponseHeaders(status, answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .ifPresent(type -> request.header("Content-Type", type));
        return onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        exchanges.shutdownNow();
        onward.shutdownNow();
    }
}
