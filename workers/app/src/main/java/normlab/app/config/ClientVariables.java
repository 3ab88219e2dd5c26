package normlab.app.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import normlab.platform.s3.S3Settings;

/**
 * The environment variables by which other tools find the servers: MLflow's Python client, boto3 and the AWS CLI, and
 * Conductor's clients. Keys and passwords are among them, so the text form has the names only.
 *
 * @param variables values by name, in the order in which they are printed
 */
public record ClientVariables(SequencedMap<String, String> variables) {
    public static ClientVariables of(Target target) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        variables.put("MLFLOW_TRACKING_URI", target.mlflow().address().toString());
        target.mlflow().login().ifPresent(login -> {
            variables.put("MLFLOW_TRACKING_USERNAME", login.user());
            variables.put("MLFLOW_TRACKING_PASSWORD", login.password());
        });
        addStore(target.store(), variables);
        variables.put("CONDUCTOR_SERVER_URL", target.conductor().resolve("/api").toString());
        return new ClientVariables(variables);
    }

    private static void addStore(S3Settings store, Map<String, String> variables) {
        String endpoint = store.endpoint().toString();
        // MLflow's client reads and writes artifacts in the store itself.
        variables.put("MLFLOW_S3_ENDPOINT_URL", endpoint);
        variables.put("AWS_ENDPOINT_URL_S3", endpoint);
        variables.put("AWS_ACCESS_KEY_ID", store.accessKeyId());
        variables.put("AWS_SECRET_ACCESS_KEY", store.secretAccessKey());
        // Empty counts as none: a token of the user's own account would be sent with these keys.
        variables.put("AWS_SESSION_TOKEN", "");
        // boto3 reads the first; other clients of AWS prefer the second.
        variables.put("AWS_DEFAULT_REGION", store.region());
        variables.put("AWS_REGION", store.region());
        variables.put("S3_BUCKET", store.bucket());
    }

    /** For a POSIX shell, to be evaluated there: a line for each variable, with any character quoted. */
    public String exports() {
        StringBuilder text = new StringBuilder();
        variables.forEach(
                (name, value) -> text.append("export %s='%s';%n".formatted(name, value.replace("'", "'\\''"))));
        return text.toString();
    }

    @Override
    public String toString() {
        return "ClientVariables" + variables.keySet();
    }
}
