package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import normlab.json.Json;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;

/**
 * Asks a server through MLflow's Java client, which has no timeouts of its own. Each call has a deadline: a call that
 * misses it is interrupted, and its client is closed and replaced, so a server that hangs never holds the caller.
 *
 * <p>Lost connections and transient errors are retried with back-off, and the client sends a request again at once, twice,
 * if it is answered by an error. So a request may be executed several times: who creates something searches for it
 * afterwards. Timeouts are not retried, since a server that hangs once hangs again.
 *
 * <p>The client is given its address and login, and takes neither from the environment; it uses no proxy. Its methods
 * for artifacts start a Python interpreter and are not used.
 */
final class MlflowConnection implements AutoCloseable {
    /** Includes the requests that the client repeats. */
    static final Duration DEADLINE = Duration.ofSeconds(30);

    /** The client's HTTP library, which reports each lost connection on standard error. Kept here, or its level is lost. */
    private static final Logger HTTP = Logger.getLogger("org.mlflow_project");

    static {
        HTTP.setLevel(Level.OFF);
    }

    private final MlflowServer server;
    private final Duration deadline;
    private final AtomicReference<@Nullable MlflowClient> client = new AtomicReference<>();
    // Unlike other threads, a virtual thread that is interrupted leaves a blocked read or write, and closes the socket.
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private final RetryPolicy<Object> retries = RetryPolicy.builder()
            .handleIf(failure -> ClientErrors.passes(failure))
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(2))
            .withMaxRetries(4)
            .build();

    MlflowConnection(MlflowServer server, Duration deadline) {
        this.server = server;
        this.deadline = deadline;
    }

    /**
     * Calls a method of the client.
     *
     * @param request for errors: its method and path, for example {@code GET runs/get}
     * @throws MlflowRefusal if the server rejects the request, is away or does not answer in time
     */
    <T> T ask(String request, Function<MlflowClient, T> call) {
        try {
            return Failsafe.with(retries).get(() -> attempt(call));
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw ClientErrors.refusal(named(request), e);
        }
    }

    /** Calls a method that returns nothing. */
    void tell(String request, Consumer<MlflowClient> call) {
        ask(request, c -> {
            call.accept(c);
            return true;
        });
    }

    /** Calls a method that returns the body of the answer. */
    JsonNode askForJson(String request, Function<MlflowClient, String> call) {
        return Json.parse(ask(request, call).getBytes(StandardCharsets.UTF_8), named(request));
    }

    private <T> T attempt(Function<MlflowClient, T> call) throws Exception {
        MlflowClient used = client();
        Future<T> answer = calls.submit(() -> call.apply(used));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        } catch (TimeoutException e) {
            replace(used);
            throw new TimeoutException("no answer within %d ms".formatted(deadline.toMillis()));
        } finally {
            answer.cancel(true);
        }
    }

    /** Made at the first call, so a command that does not ask the server does not load it. */
    private MlflowClient client() {
        MlflowClient present = client.get();
        if (present != null) {
            return present;
        }
        MlflowClient made = GuardedClient.open(server);
        MlflowClient other = client.compareAndExchange(null, made);
        return other == null ? made : other;
    }

    private String named(String request) {
        return request.replaceFirst(" ", " " + server.address() + "/api/2.0/mlflow/");
    }

    private void replace(MlflowClient hung) {
        if (client.compareAndSet(hung, null)) {
            // On a thread of its own: it writes what is left to be sent, which may block too.
            Thread.startVirtualThread(hung::close);
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
        MlflowClient last = client.getAndSet(null);
        if (last != null) {
            last.close();
        }
    }
}
