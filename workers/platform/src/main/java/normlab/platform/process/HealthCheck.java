package normlab.platform.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.util.function.IntPredicate;

/** Whether a running process is ready. */
@FunctionalInterface
public interface HealthCheck {
    int TIMEOUT_MS = 2_000;

    boolean passes();

    /** Ready as soon as it runs. */
    static HealthCheck running() {
        return () -> true;
    }

    /** Ready when the address answers with status 200. */
    static HealthCheck ok(String url) {
        return () -> answers(url, status -> status == 200);
    }

    /** Ready when the address answers with any status but a server error: a server may refuse requests without a signature. */
    static HealthCheck answers(String url) {
        return () -> answers(url, status -> status < 500);
    }

    private static boolean answers(String url, IntPredicate expected) {
        try {
            if (!(URI.create(url).toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
                throw new IllegalArgumentException(url + " is not an HTTP address");
            }
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            try {
                return expected.test(connection.getResponseCode());
            } finally {
                connection.disconnect();
            }
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        } catch (IOException notYet) {
            return false;
        }
    }
}
