package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import org.jspecify.annotations.Nullable;

/**
 * Downloads one address into a file, within limits of time and size. Bytes that the file has already are not requested again,
 * and a transfer that is interrupted is resumed. It uses {@link HttpURLConnection} because the newer client has no limit for
 * the time between two reads of a body.
 */
final class HttpDownload {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_INTERRUPTIONS = 20;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private static final DownloadProxy PROXY = new DownloadProxy(System.getenv());

    private final Limits limits;
    private final TaskContext context;

    /**
     * @param connect until the connection is established
     * @param silence between two reads of a response
     * @param total for one file, with all its attempts
     */
    record Limits(Duration connect, Duration silence, Duration total) {
        static Limits usual() {
            return new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(60));
        }
    }

    HttpDownload(Limits limits, TaskContext context) {
        this.limits = limits;
        this.context = context;
    }

    /**
     * Resumes after the bytes that {@code target} has, if the server can; else it writes the file again.
     *
     * @param mostBytes a longer file is refused
     * @throws UnusableDataException naming the address and what happened; {@code target} then has what was received, and
     *     another call resumes from there
     */
    void fetch(URI address, Path target, long mostBytes) throws UnusableDataException, TaskInProgress {
        long deadline = System.nanoTime() + limits.total().toNanos();
        try {
            int interruptions = 0;
            while (!isComplete(address, target, mostBytes, deadline, interruptions)) {
                interruptions++;
            }
        } catch (IOException e) {
            throw new UnusableDataException(UNREACHABLE, "[%s] failed (%s)".formatted(address, e), e);
        }
    }

    /** @return whether the file is complete; if not, the transfer was interrupted after it had received something */
    private boolean isComplete(URI address, Path target, long mostBytes, long deadline, int interruptions)
            throws IOException, TaskInProgress {
        long before = size(target);
        try {
            attempt(address, target, mostBytes, deadline);
            return true;
        } catch (InterruptedTransferException e) {
            if (size(target) <= before || interruptions >= MOST_INTERRUPTIONS) {
                throw e;
            }
            return false;
        }
    }

    private static long size(Path target) throws IOException {
        return Files.exists(target) ? Files.size(target) : 0;
    }

    private void attempt(URI address, Path target, long mostBytes, long deadline) throws IOException, TaskInProgress {
        HttpURLConnection connection = followed(address, size(target));
        try {
            if (connection.getResponseCode() == RANGE_NOT_SATISFIABLE) {
                Files.delete(target);
                attempt(address, target, mostBytes, deadline);
                return;
            }
            boolean resumed = connection.getResponseCode() == HttpURLConnection.HTTP_PARTIAL;
            long from = resumed ? size(target) : 0;
            StandardOpenOption mode = resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
            try (InputStream body = connection.getInputStream();
                    OutputStream file =
                            Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
                copy(body, file, connection.getContentLengthLong(), mostBytes - from, deadline);
            }
        } finally {
            connection.disconnect();
        }
    }

    /** @param from the first byte that is wanted */
    private HttpURLConnection followed(URI address, long from) throws IOException {
        URI next = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpURLConnection connection = open(next, from);
            int status = connection.getResponseCode();
            if (isUsable(connection, from)) {
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

    private static boolean isUsable(HttpURLConnection connection, long from) throws IOException {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_PARTIAL && from > 0) {
            String range = String.valueOf(connection.getHeaderField("Content-Range"));
            if (!range.startsWith("bytes " + from + "-")) {
                throw new IOException("answered with the range '%s', expected one from byte %d".formatted(range, from));
            }
            return true;
        }
        return status == HttpURLConnection.HTTP_OK || status == RANGE_NOT_SATISFIABLE && from > 0;
    }

    private static URI redirected(URI from, String location) throws IOException {
        URI target;
        try {
            target = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to an invalid address", e);
        }
        boolean http = "http".equals(target.getScheme()) && "http".equals(from.getScheme());
        if (target.getHost() == null || !(http || "https".equals(target.getScheme()))) {
            throw new IOException("redirected to '%s', expected http(s), and never from https to http"
                    .formatted(target.getScheme() + "://" + target.getHost()));
        }
        return target;
    }

    private HttpURLConnection open(URI address, long from) throws IOException {
        if (!(address.toURL().openConnection(PROXY.of(address)) instanceof HttpURLConnection connection)) {
            throw new IOException("is not an http address");
        }
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) limits.connect().toMillis());
        connection.setReadTimeout((int) limits.silence().toMillis());
        // Otherwise the client may unpack what the server marks as gzip, and the length would not fit.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        return connection;
    }

    private void copy(InputStream body, OutputStream file, long announced, long mostBytes, long deadline)
            throws IOException, TaskInProgress {
        byte[] buffer = new byte[1 << 16];
        long copied = 0;
        for (int read = piece(body, buffer); read >= 0; read = piece(body, buffer)) {
            context.stopIfAsked();
            copied += read;
            if (copied > mostBytes) {
                throw new IOException("response is longer than %d bytes".formatted(mostBytes));
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("took longer than %s, at %d bytes".formatted(limits.total(), copied));
            }
            file.write(buffer, 0, read);
        }
        if (announced >= 0 && copied != announced) {
            throw new InterruptedTransferException(
                    "response ended after %d of %d bytes".formatted(copied, announced), null);
        }
    }

    private static int piece(InputStream body, byte[] buffer) throws InterruptedTransferException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new InterruptedTransferException(e.toString(), e);
        }
    }

    /** The connection ended within the body; what was received is in the file. */
    private static final class InterruptedTransferException extends IOException {
        InterruptedTransferException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
