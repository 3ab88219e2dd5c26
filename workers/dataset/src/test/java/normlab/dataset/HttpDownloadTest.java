package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import normlab.task.TaskInProgress;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpDownloadTest {
    /** Longer than a busy machine takes; a test that waits for a limit sets its own. */
    static final HttpDownload.Limits PATIENT =
            new HttpDownload.Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

    private static final byte[] BODY = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FileServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FileServer().on("/file", exchange -> FileServer.answer(exchange, BODY, BODY.length));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theBodyIsWrittenAsItIs() throws Exception {
        assertThat(fetched("/file")).isEqualTo(BODY);
    }

    @Test
    void aBodyWithoutAnnouncedLengthIsRead() throws Exception {
        server.on("/chunked", exchange -> FileServer.answer(exchange, BODY, 0));
        assertThat(fetched("/chunked")).isEqualTo(BODY);
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        server.on("/relative", exchange -> FileServer.redirect(exchange, "file"));
        server.on(
                "/absolute",
                exchange -> FileServer.redirect(
                        exchange, server.address("/relative").toString()));
        assertThat(fetched("/absolute")).isEqualTo(BODY);
        assertThat(server.asked()).containsExactly("/absolute", "/relative", "/file");
    }

    @Test
    void redirectsThatGoRoundEnd() {
        server.on("/round", exchange -> FileServer.redirect(exchange, "/round"));
        refused("/round").hasMessageContaining("more than 5 redirects");
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void redirectsOutOfHttpAreRefused() {
        server.on("/out", exchange -> FileServer.redirect(exchange, "file:///etc/passwd"));
        refused("/out").hasMessageContaining("redirected to 'file://");
        server.on("/odd", exchange -> FileServer.redirect(exchange, "::"));
        refused("/odd").hasMessageContaining("redirected to");
    }

    @Test
    void anotherStatusIsNamedWithTheAddress() {
        refused("/absent")
                .hasMessageContaining("[%s] failed".formatted(server.address("/absent")))
                .hasMessageContaining("status is 404, expected 200");
        server.on("/broken", exchange -> exchange.sendResponseHeaders(500, -1));
        refused("/broken").hasMessageContaining("status is 500");
    }

    @Test
    void anAnswerThatEndsEarlyIsRefused() {
        server.on("/short", exchange -> FileServer.answer(exchange, BODY, 9));
        refused("/short").hasMessageContaining("failed (");
    }

    @Test
    void anAnswerThatIsTooLongIsCutOff() throws Exception {
        byte[] much = new byte[1 << 20];
        server.on("/announced", exchange -> FileServer.answer(exchange, much, much.length));
        refused("/announced").hasMessageContaining("response is longer than 100 bytes");
        server.on("/unannounced", exchange -> FileServer.answer(exchange, much, 0));
        refused("/unannounced").hasMessageContaining("response is longer than 100 bytes");
        assertThat(Files.size(folder.resolve("target"))).isLessThanOrEqualTo(100);
    }

    @Test
    void silenceIsNotWaitedForLongerThanAllowed() {
        server.on("/silent", server::stall);
        HttpDownload download = new HttpDownload(
                new HttpDownload.Limits(PATIENT.connect(), Duration.ofMillis(300), PATIENT.total()), new Diary());
        assertThatThrownBy(() -> download.fetch(server.address("/silent"), folder.resolve("target"), 2000))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("SocketTimeoutException: Read timed out");
    }

    @Test
    void aTrickleEndsWithTheTotalTime() {
        server.on("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
        });
        HttpDownload.Limits limits = new HttpDownload.Limits(PATIENT.connect(), PATIENT.silence(), Duration.ofNanos(1));
        HttpDownload download = new HttpDownload(limits, new Diary());
        assertThatThrownBy(() -> download.fetch(server.address("/trickle"), folder.resolve("target"), 1 << 20))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("took longer than PT0.000000001S");
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpDownload download = new HttpDownload(PATIENT, new Diary());
        assertThatThrownBy(() ->
                        download.fetch(URI.create("http://127.0.0.1:" + port + "/file"), folder.resolve("target"), 100))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void aStopIsHeardBetweenTwoPieces() {
        HttpDownload download = new HttpDownload(PATIENT, new Diary(0));
        assertThatThrownBy(() -> download.fetch(server.address("/file"), folder.resolve("target"), 100))
                .isInstanceOf(TaskInProgress.class);
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() throws Exception {
        server.onRanges("/breaks", BODY, 2);
        assertThat(fetched("/breaks")).isEqualTo(BODY);
        assertThat(server.ranges()).containsExactly("null", "bytes=2-", "bytes=4-");
    }

    @Test
    void whatTheFileHoldsIsNotAskedForAgain() throws Exception {
        Files.write(folder.resolve("target"), new byte[] {1, 2, 3});
        server.onRanges("/ranges", BODY, 100);
        assertThat(fetched("/ranges")).isEqualTo(BODY);
        assertThat(server.ranges()).containsExactly("bytes=3-");
    }

    @Test
    void aFileThatIsLongerThanTheServersIsFetchedAnew() throws Exception {
        Files.write(folder.resolve("target"), new byte[50]);
        server.onRanges("/ranges", BODY, 100);
        assertThat(fetched("/ranges")).isEqualTo(BODY);
        assertThat(server.ranges()).containsExactly("bytes=50-", "null");
    }

    @Test
    void aServerThatCannotGoOnSendsTheWholeFile() throws Exception {
        Files.write(folder.resolve("target"), new byte[] {9, 9, 9});
        assertThat(fetched("/file")).isEqualTo(BODY);
    }

    @Test
    void anotherRangeThanAskedForIsRefused() throws Exception {
        Files.write(folder.resolve("target"), new byte[] {1, 2});
        server.on("/odd", exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 1-4/5");
            exchange.sendResponseHeaders(206, 4);
            exchange.getResponseBody().write(BODY, 1, 4);
        });
        refused("/odd").hasMessageContaining("answered with the range 'bytes 1-4/5', expected one from byte 2");
        assertThat(Files.readAllBytes(folder.resolve("target"))).containsExactly(1, 2);
    }

    @Test
    void aConnectionThatBreaksWithoutProgressEnds() {
        server.onRanges("/stuck", BODY, 0);
        refused("/stuck");
        assertThat(server.ranges()).hasSize(1);
    }

    private byte[] fetched(String path) throws Exception {
        Path target = folder.resolve("target");
        new HttpDownload(PATIENT, new Diary()).fetch(server.address(path), target, 100);
        return Files.readAllBytes(target);
    }

    private AbstractThrowableAssert<?, ?> refused(String path) {
        return assertThatThrownBy(() -> fetched(path))
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.UNREACHABLE));
    }
}
