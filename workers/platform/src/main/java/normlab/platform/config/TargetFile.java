package normlab.platform.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;

/**
 * The servers of a cluster, from a YAML file.
 *
 * @param conductor for example {@code http://conductor:8080}
 * @param mlflow for example {@code https://mlflow.example.org}
 * @param mlflowUi MLflow's address for browsers, if it differs
 * @param credentials a JSON file, relative to this one, which others must not reach; see {@link ClusterCredentials}
 */
public record TargetFile(URI conductor, URI mlflow, Optional<URI> mlflowUi, Store store, String credentials) {
    /**
     * An S3 bucket.
     *
     * @param region any name for stores other than AWS, such as {@code us-east-1}
     */
    public record Store(URI endpoint, String region, String bucket) {}

    /**
     * The credentials for the servers.
     *
     * @param store key of the S3 store
     * @param mlflow user and password of MLflow
     */
    public record ClusterCredentials(Pair store, Pair mlflow) {}

    /** A name and the secret that goes with it; its text form hides the secret. */
    public record Pair(String name, String secret) {
        @Override
        public String toString() {
            return "Pair[name=" + name + ", secret=hidden]";
        }
    }

    /** @throws InvalidInputException with all problems of the file, or if there is none */
    public static TargetFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    "NORMLAB_TARGET", "names " + file + ", which is not a file; expected the YAML file of a cluster");
        }
        ObjectNode content = YamlFile.read(file);
        TargetFile target = StrictBinding.bind(content, TargetFile.class, file.toString());
        Path secrets = file.toAbsolutePath().resolveSibling(target.credentials).normalize();
        return new TargetFile(target.conductor, target.mlflow, target.mlflowUi, target.store, secrets.toString());
    }

    /** @throws InvalidInputException with the file, never with a value in it */
    public ClusterCredentials secrets() {
        Path file = Path.of(credentials);
        if (!Files.isReadable(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    "is not a readable file, expected the secrets of the cluster; infra/cluster-secrets makes them");
        }
        try {
            return Json.read(Files.readAllBytes(file), ClusterCredentials.class, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
