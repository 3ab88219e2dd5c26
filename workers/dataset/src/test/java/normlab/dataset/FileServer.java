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
    private final List<String> ranges = new CopyOnWriteArrayList<>();
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

    /** Serves the body as a server that can go on from a byte; each answer ends early after so many bytes. */
    FileServer onRanges(String path, byte[] body, int bytesAnAnswer) {
        return on(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            ranges.add(String.valueOf(range));
            if (from >= body.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            if (range != null) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes %d-%d/%d".formatted(from, body.length - 1, body.length));
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, body.length - from);
            exchange.getResponseBody().write(body, from, Math.min(bytesAnAnswer, body.length - from));
            exchange.getResponseBody().flush();
        });
    }

    /** The ranges that were asked for, {@code null} for a whole body. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    /** Serves those of the tiny dataset's files that have no place of their own below the path. */
    FileServer onRest(String path, TinyDataset tiny) {
        return on(path, exchange -> {
            String asked = exchange.getRequestURI().getPath();
            for (FileRole role : Format.IDX.roles()) {
                if (asked.equals(path + TinyDataset.fileName(role) + ".gz")) {
                    byte[] bytes = TinyDataset.gzip(tiny.content(role));
                    answer(exchange, bytes, bytes.length);
                }
            }
        });
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
