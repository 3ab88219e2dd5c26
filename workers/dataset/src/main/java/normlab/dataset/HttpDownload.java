package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import normlab.task.HandBack;
import normlab.task.TaskContext;

/**
 * Fetches one address into a file, within limits of time and size. It uses {@link HttpURLConnection} because that one
 * limits the silence between two pieces of a body, which the newer client cannot.
 */
final class HttpDownload {
    private static final int MOST_REDIRECTS = 5;

    private final Limits limits;
    private final TaskContext context;

    /**
     * @param connect until a connection stands
     * @param silence between two pieces of an answer
     * @param total for one file
     */
    record Limits(Duration connect, Duration silence, Duration total) {
        static Limits usual() {
            return new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(15));
        }
    }

    HttpDownload(Limits limits, TaskContext context) {
        this.limits = limits;
        this.context = context;
    }

    /**
     * @param mostBytes a longer answer is refused
     * @throws UnusableDataException naming the address and what happened; {@code target} is then in an unknown state
     */
    void fetch(URI address, Path target, long mostBytes) throws UnusableDataException, HandBack {
        try {
            HttpURLConnection connection = followed(address);
            try (InputStream body = connection.getInputStream();
                    OutputStream file = Files.newOutputStream(target)) {
                copy(body, file, connection.getContentLengthLong(), mostBytes);
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            throw new UnusableDataException(UNREACHABLE, "[%s] failed (%s)".formatted(address, e), e);
        }
    }

    private HttpURLConnection followed(URI address) throws IOException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = open(next);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return connection;
            }
            String location = connection.getHeaderField("Location");
            connection.disconnect();
            if (status < 300 || status > 399 || location == null) {
                throw new IOException("status is %d, expected 200".formatted(status));
            }
            next = redirected(next, location);
        }
        throw new IOException("more than %d redirects".formatted(MOST_REDIRECTS));
    }

    private static URI redirected(URI from, String location) throws IOException {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to what is no address", e);
        }
        boolean http = "http".equals(target.getScheme()) && "http".equals(from.getScheme());
        if (target.getHost() == null || !(http || "https".equals(target.getScheme()))) {
            throw new IOException("redirected to '%s', expected http(s), and never from https to http"
                    .formatted(target.getScheme() + "://" + target.getHost()));
        }
        return target;
    }

    private HttpURLConnection open(URI address) throws IOException {
        if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("is not an http address");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) limits.connect().toMillis());
        connection.setReadTimeout((int) limits.silence().toMillis());
        // Otherwise the client may unpack what the server marks as gzip, and the length would not fit.
        connection.setRequestProperty("Accept-Encoding", "identity");
        return connection;
    }

    private void copy(InputStream body, OutputStream file, long announced, long mostBytes)
            throws IOException, HandBack {
        long deadline = System.nanoTime() + limits.total().toNanos();
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            Stop.ifAsked(context);
            copied += read;
            if (copied > mostBytes) {
                throw new IOException("answer is longer than %d bytes".formatted(mostBytes));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("took longer than %s, at %d bytes".formatted(limits.total(), copied));
            }
            file.write(buffer, 0, read);
        }
        if (announced >= 0 && copied != announced) {
            throw new IOException("answer ended after %d of %d bytes".formatted(copied, announced));
        }
    }
}
