package normlab.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback that behaves well or badly, as a test needs it. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    FileServer on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    /** Serves the tiny dataset's files below {@code /good/}. */
    FileServer serving(TinyDataset tiny) {
        for (FileRole role : Format.IDX.roles()) {
            byte[] bytes = TinyDataset.gzip(tiny.content(role));
            on("/good/" + TinyDataset.fileName(role) + ".gz", exchange -> answer(exchange, bytes, bytes.length));
        }
        return this;
    }

    static void answer(HttpExchange exchange, byte[] bytes, long announced) throws IOException {
        exchange.sendResponseHeaders(200, announced);
        OutputStream body = exchange.getResponseBody();
        body.write(bytes);
        body.flush();
    }

    static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
    }

    /** Sends a byte and then nothing until the test is over. */
    void stall(HttpExchange exchange) throws IOException {
        answer(exchange, new byte[] {1}, 1000);
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
