package normlab.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import normlab.platform.config.TargetFile;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.s3.S3Settings;
import normlab.platform.server.Credentials;
import normlab.platform.server.Endpoints;

/** The servers that commands and workers talk to: the embedded stack's, or a cluster's. */
public record Target(URI conductor, MlflowServer mlflow, S3Settings store) {
    private static final String VARIABLE = "NORMLAB_TARGET";

    /** The cluster whose file {@code NORMLAB_TARGET} names; none is for the embedded stack. */
    public static Optional<Target> cluster() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(name -> !name.isBlank())
                .map(name -> of(TargetFile.read(Path.of(name))));
    }

    /** @param home whose credentials are read */
    public static Target embedded(Endpoints endpoints, Home home) {
        Credentials credentials = Credentials.of(home.stack());
        return new Target(
                URI.create(endpoints.conductorUrl()),
                MlflowServer.open(URI.create(endpoints.mlflowUrl())),
                new S3Settings(
                        URI.create(endpoints.s3Endpoint()),
                        "us-east-1",
                        endpoints.bucket(),
                        credentials.accessKey(),
                        credentials.secretKey(),
                        Optional.empty()));
    }

    private static Target of(TargetFile file) {
        TargetFile.ClusterCredentials secrets = file.secrets();
        return new Target(
                file.conductor(),
                new MlflowServer(
                        file.mlflow(),
                        file.mlflowUi().orElse(file.mlflow()),
                        Optional.of(new MlflowServer.Login(
                                secrets.mlflow().name(), secrets.mlflow().secret()))),
                new S3Settings(
                        file.store().endpoint(),
                        file.store().region(),
                        file.store().bucket(),
                        secrets.store().name(),
                        secrets.store().secret(),
                        Optional.empty()));
    }
}
