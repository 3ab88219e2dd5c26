package normlab.platform.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;

/** What the failures of a call of MlflowClient mean. */
final class ClientErrors {
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private ClientErrors() {}

    /** What the client throws for this answer. */
    static RuntimeException answer(int status, String body) {
        return new MlflowHttpException(status, "", body);
    }

    /** What the client throws if there is no answer. */
    static RuntimeException lost(Exception cause) {
        return new MlflowClientException(cause);
    }

    /**
     * Whether another attempt may succeed at once; one after a timeout would not. If two writers add the same row at once, such as a dataset, the second gets
     * BAD_REQUEST, and its retry finds the row.
     */
    static boolean passes(Throwable failure) {
        if (failure instanceof MlflowHttpException e) {
            return PASSING.contains(e.getStatusCode())
                    || (e.getStatusCode() == 400
                            && body(e).path("error_code").asText().equals("BAD_REQUEST"));
        }
        return isLost(failure) && !(failure.getCause() instanceof InterruptedIOException);
    }

    /** Whether there was no answer, rather than one that the client cannot read. */
    private static boolean isLost(Throwable failure) {
        boolean broken = failure instanceof MlflowClientException
                && failure.getCause() instanceof IOException
                && !(failure.getCause() instanceof InvalidProtocolBufferException);
        // Another call has missed its deadline, and has closed the client.
        return broken || failure instanceof IllegalStateException;
    }

    /** @param request its method and address */
    static MlflowRefusal refusal(String request, RuntimeException failure) {
        if (failure instanceof MlflowHttpException e) {
            return refusal(request, e);
        }
        if (failure.getCause() instanceof InterruptedException) {
            return new MlflowRefusal("interrupted while waiting for " + request, failure);
        }
        if (failure.getCause() instanceof TimeoutException
                || failure instanceof RejectedExecutionException
                || isLost(failure)) {
            return new MlflowRefusal(
                    "cannot reach the MLflow server: %s: %s; `./normlab up` starts the one of this machine"
                            .formatted(request, reason(failure)),
                    failure);
        }
        if (failure instanceof MlflowClientException || failure instanceof IllegalArgumentException) {
            // The second: the client does not expect an answer without a body.
            return new MlflowRefusal(
                    "%s was answered with something that the client cannot read; is it an MLflow server?"
                            .formatted(request),
                    failure);
        }
        throw failure;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static MlflowRefusal refusal(String request, MlflowHttpException e) {
        JsonNode body = body(e);
        String code = body.path("error_code").asText("");
        return new MlflowRefusal(
                "%s answered %d %s: %s%s"
                        .formatted(
                                request,
                                e.getStatusCode(),
                                code,
                                body.path("message").asText("no message"),
                                advice(e.getStatusCode(), code)),
                e.getStatusCode(),
                code);
    }

    private static String advice(int status, String code) {
        if (status >= 500) {
            return "; read the server's log";
        }
        if (status == 401 || status == 403) {
            return "; does it require a login, or refuse this host name (--allowed-hosts)?";
        }
        return code.isEmpty() ? "; is it an MLflow server?" : "";
    }

    /** An error page of a gateway is not JSON; its status is enough. */
    private static JsonNode body(MlflowHttpException e) {
        try {
            return Json.parse(String.valueOf(e.getBodyMessage()).getBytes(StandardCharsets.UTF_8), "the answer");
        } catch (InvalidInputException notJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
