package normlab.platform.server;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.net.URI;

/**
 * The addresses of the servers.
 *
 * @param conductorUrl base of Conductor's API, ends with {@code /api}
 * @param mlflowUrl MLflow's API and UI
 * @param s3Endpoint of the S3 server; buckets are part of the path
 * @param bucket the one bucket of NormLab
 */
public record Endpoints(String conductorUrl, String mlflowUrl, String s3Endpoint, String bucket) {
    public static final String BUCKET = "normlab";

    public static Endpoints on(Ports ports) {
        return new Endpoints(
                "http://127.0.0.1:" + ports.conductor() + "/api",
                "http://127.0.0.1:" + ports.mlflow(),
                "http://127.0.0.1:" + ports.s3(),
                BUCKET);
    }

    @JsonIgnore
    public Ports ports() {
        return new Ports(port(conductorUrl), port(mlflowUrl), port(s3Endpoint));
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }
}
