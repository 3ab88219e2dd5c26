package normlab.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy to a server. Its weather can change at any time and also affects connections that are already open. */
public final class FaultyLink implements AutoCloseable {
    /** What happens on the link. */
    public enum Weather {
        FAIR,
        /** Everything sent in either direction arrives 50 ms late. */
        SLOW,
        /** A connection breaks as soon as it has carried 20 kB in one direction. */
        CUTTING,
        /** Open connections break, and new ones fail. */
        REFUSING,
        /** Every PUT is answered with 403 and the error code of a store whose quota is exceeded. */
        OVER_QUOTA
    }

    private static final int SLOW_MILLIS = 50;
    private static final int CUT_BYTES = 20_000;
    private static final String QUOTA_ERROR =
            "<?xml version=\"1.0\"?><Error><Code>QuotaExceeded</Code><Message>no room</Message></Error>";
    private static final String QUOTA_EXCEEDED =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(QUOTA_ERROR.length(), QUOTA_ERROR);

    private final ServerSocket listener;
    private final URI target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;

    private FaultyLink(ServerSocket listener, URI target) {
        this.listener = listener;
        this.target = target;
    }

    public static FaultyLink to(URI target) {
        try {
            FaultyLink link = new FaultyLink(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), target);
            Thread.ofVirtual().start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    public void weather(Weather next) {
        weather = next;
        if (next == Weather.REFUSING) {
            open.forEach(FaultyLink::cut);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                if (weather == Weather.REFUSING) {
                    cut(caller);
                } else {
                    connect(caller);
                }
            } catch (IOException closed) {
                // The listener is closed or the server is down: the caller sees its connection end.
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        try {
            Socket server = new Socket(target.getHost(), target.getPort());
            open.add(caller);
            open.add(server);
            Thread.ofVirtual().start(() -> pump(caller, server));
            Thread.ofVirtual().start(() -> pump(server, caller));
        } catch (IOException e) {
            cut(caller);
            throw e;
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        int carried = 0;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                carried += n;
                switch (weather) {
                    case FAIR -> {}
                    case SLOW -> Thread.sleep(SLOW_MILLIS);
                    case CUTTING -> {
                        if (carried > CUT_BYTES) {
                            return;
                        }
                    }
                    case REFUSING -> {
                        return;
                    }
                    case OVER_QUOTA -> {
                        if (isPut(buffer, n)) {
                            from.getOutputStream().write(QUOTA_EXCEEDED.getBytes(StandardCharsets.US_ASCII));
                            return;
                        }
                    }
                }
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException brokenByTheOtherSide) {
            // The connection is closed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut(from);
            cut(to);
            open.remove(from);
            open.remove(to);
        }
    }

    /** A caller sends a request only after the last one was answered, so each read begins a request. */
    private static boolean isPut(byte[] buffer, int length) {
        return new String(buffer, 0, Math.min(4, length), StandardCharsets.US_ASCII).equals("PUT ");
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // The connection is closed, as intended.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(FaultyLink::cut);
    }
}
