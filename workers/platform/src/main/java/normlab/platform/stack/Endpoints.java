package normlab.platform.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;

/**
 * Where the servers answer.
 *
 * @param conductorUrl base of Conductor's API, ends with {@code /api}
 * @param mlflowUrl MLflow's API and UI
 * @param s3Endpoint of the S3 server; buckets are path components
 * @param bucket the one bucket of NormLab
 */
public record Endpoints(String conductorUrl, String mlflowUrl, String s3Endpoint, String bucket) {
    public static final String BUCKET = "normlab";

    static Endpoints on(Ports ports) {
        return new Endpoints(
                "http://127.0.0.1:" + ports.conductor() + "/api",
                "http://127.0.0.1:" + ports.mlflow(),
                "http://127.0.0.1:" + ports.s3(),
                BUCKET);
    }

    @JsonIgnore
    Ports ports() {
        return new Ports(port(conductorUrl), port(mlflowUrl), port(s3Endpoint));
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }
}
