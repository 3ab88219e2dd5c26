package normlab.platform.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A TCP link to an HTTP server that loses some answers: the server acts, and its caller sees the connection close. */
public final class LossyLink implements AutoCloseable {
    private final ServerSocket listener;
    private final URI target;
    private final IntPredicate lost;
    private final boolean begun;
    private final AtomicInteger answers = new AtomicInteger();

    private LossyLink(ServerSocket listener, URI target, IntPredicate lost, boolean begun) {
        this.listener = listener;
        this.target = target;
        this.lost = lost;
        this.begun = begun;
    }

    /** @param lost which of the answers that say success never arrive, counted from 1 */
    public static LossyLink to(URI target, IntPredicate lost) throws IOException {
        return start(target, lost, false);
    }

    /** @param cut which of the answers that say success break off after their first 64 KiB at most, counted from 1 */
    public static LossyLink cutting(URI target, IntPredicate cut) throws IOException {
        return start(target, cut, true);
    }

    private static LossyLink start(URI target, IntPredicate lost, boolean begun) throws IOException {
        LossyLink link =
                new LossyLink(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), target, lost, begun);
        Thread.ofVirtual().start(link::accept);
        return link;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many answers said success, those that were lost included. */
    public int answers() {
        return answers.get();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket caller = listener.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                Thread.ofVirtual().start(() -> pump(caller, server, false));
                Thread.ofVirtual().start(() -> pump(server, caller, true));
            }
        } catch (IOException closed) {
            if (!listener.isClosed()) {
                throw new IllegalStateException("the link broke", closed);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answering) {
        byte[] buffer = new byte[65_536];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (answering && isSuccess(buffer, n) && lost.test(answers.incrementAndGet())) {
                    out.write(buffer, 0, begun ? n : 0);
                    return;
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (SocketException closedByTheOtherSide) {
            // The other direction has ended the exchange; nothing is left to carry.
        } catch (IOException e) {
            throw new IllegalStateException("the link broke", e);
        }
    }

    private static boolean isSuccess(byte[] answer, int length) {
        return new String(answer, 0, length, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 2");
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
