package normlab.platform.conductor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.netflix.conductor.client.exception.ConductorClientException;
import com.netflix.conductor.client.http.ConductorClient;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.ConnectionSpec;

/**
 * The address of a Conductor server.
 *
 * @param address without path, for example {@code http://127.0.0.1:8080}
 */
public record ConductorServer(URI address) {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 20_000;

    ConductorClient connect() {
        return ConductorClient.builder()
                .basePath(address.resolve("/api").toString())
                .connectTimeout(CONNECT_MILLIS)
                .readTimeout(READ_MILLIS)
                .objectMapperSupplier(ConductorServer::mapper)
                .configureOkHttp(http -> {
                    http.proxy(Proxy.NO_PROXY);
                    if (address.getScheme().equals("http")) {
                        // Otherwise TLS is initialised before the first request, which takes a quarter of a second.
                        http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
                    }
                })
                .build();
    }

    /** Like the client's own, without the modules that generate byte code and read Kotlin classes: they delay the first answer. */
    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                .build();
    }

    /**
     * Sends a request.
     *
     * @param what the request does, for the message
     * @throws ConductorUnavailableException if there is no answer, or a server error, which is common for a moment while
     *     the database is locked and while the server starts or stops
     * @throws ConductorClientException if the server rejects the request
     */
    <T> T ask(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (ConductorClientException e) {
            if (isAway(e) || e.getStatusCode() >= 500) {
                throw new ConductorUnavailableException(address, what, e.getCause() == null ? e : e.getCause());
            }
            throw e;
        }
    }

    void tell(String what, Runnable statement) {
        ask(what, () -> {
            statement.run();
            return true;
        });
    }

    /** Whether nothing answered, or only a server that is starting or stopping. */
    static boolean isAway(ConductorClientException e) {
        return e.getCause() instanceof IOException || e.getStatusCode() >= 502 && e.getStatusCode() <= 504;
    }
}
