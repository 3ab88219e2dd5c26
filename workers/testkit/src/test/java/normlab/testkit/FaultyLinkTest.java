package normlab.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import normlab.testkit.FaultyLink.Weather;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyLinkTest {
    private static final int LARGE = 100_000;

    private HttpServer server;
    private FaultyLink link;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer =
                    new byte[Integer.parseInt(exchange.getRequestURI().getPath().substring(1))];
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        link = FaultyLink.to(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void close() {
        link.close();
        server.stop(0);
    }

    private int ask(int bytes) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(link.address().resolve("/" + bytes)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body().length;
        }
    }

    @Test
    void fairAndSlowWeatherLetEverythingThrough() throws Exception {
        assertThat(ask(LARGE)).isEqualTo(LARGE);
        link.weather(Weather.SLOW);
        assertThat(ask(LARGE)).isEqualTo(LARGE);
    }

    @Test
    void aCutBreaksOnlyLargeTransfers() throws Exception {
        link.weather(Weather.CUTTING);
        assertThat(ask(10)).isEqualTo(10);
        assertThatThrownBy(() -> ask(LARGE)).isInstanceOf(IOException.class);
    }

    @Test
    void nothingPassesARefusingLinkUntilTheWeatherIsFair() throws Exception {
        link.weather(Weather.REFUSING);
        assertThatThrownBy(() -> ask(10)).isInstanceOf(IOException.class);
        link.weather(Weather.FAIR);
        assertThat(ask(10)).isEqualTo(10);
    }
}
