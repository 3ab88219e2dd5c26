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
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.ConnectionSpec;

/**
 * Where Conductor answers.
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
                    if (address.getScheme().equals("http")) {
                        // Otherwise TLS is set up before the first request, for a quarter of a second.
                        http.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
                    }
                })
                .build();
    }

    /** As the client's own, without the modules that write byte code and read Kotlin's classes before the first answer. */
    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.ALWAYS))
                .build();
    }

    /**
     * Asks the server.
     *
     * @param what is asked, for the message
     * @throws ConductorUnavailableException if there is no answer, or none but that the server is in trouble: it says
     *     so for a moment while its database is locked, or while it starts and stops
     * @throws ConductorClientException if the server refuses
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

    /** Whether nothing answered, or a server that is still starting or already stopping did. */
    static boolean isAway(ConductorClientException e) {
        return e.getCause() instanceof IOException || e.getStatusCode() >= 502 && e.getStatusCode() <= 504;
    }
}
