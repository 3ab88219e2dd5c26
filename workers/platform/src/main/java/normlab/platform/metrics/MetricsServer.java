package normlab.platform.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.platform.process.SafeFiles;

/**
 * Serves metrics to Prometheus under {@code /metrics}, and publishes its address in a file for Prometheus' file-based
 * service discovery, so that a scrape configuration names a folder and needs no ports.
 */
public final class MetricsServer implements AutoCloseable {
    private final HTTPServer server;
    private final Path file;

    private MetricsServer(HTTPServer server, Path file) {
        this.server = server;
        this.file = file;
    }

    /**
     * @param address to listen on; port 0 for any free port
     * @param file replaced atomically; removed when the server is closed
     * @param role of the process, a label of all its metrics
     * @throws UncheckedIOException if the address is taken or the file cannot be written
     */
    public static MetricsServer start(InetSocketAddress address, Path file, String role) {
        JvmMetrics.builder().register();
        try {
            HTTPServer server = HTTPServer.builder()
                    .inetAddress(address.getAddress())
                    .port(address.getPort())
                    .buildAndStart();
            String host = address.getAddress().isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostName()
                    : address.getAddress().getHostAddress();
            SafeFiles.replace(
                    file,
                    Json.bytes(List.of(Map.of(
                            "targets", List.of(host + ":" + server.getPort()),
                            "labels", Map.of("job", "normlab", "role", role)))));
            return new MetricsServer(server, file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serve metrics on %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
