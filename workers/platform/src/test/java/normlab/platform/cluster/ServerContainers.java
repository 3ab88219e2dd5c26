package normlab.platform.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import normlab.platform.config.TargetFile;
import normlab.platform.server.TestServer;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;

/** The servers of a cluster, without its workers: a compose project, ports, secrets and volumes of its own. */
record ServerContainers(ComposeContainer compose, Path folder) implements AutoCloseable {
    private static final String PROJECT = "com.docker.compose.project";
    /** Names the folder of the secrets to what is in {@code infra}. */
    private static final String FOLDER = "NORMLAB_CLUSTER";

    private static final List<String> SERVICES = List.of("postgres", "s3", "mlflow", "conductor", "gateway");

    /** An image that has yet to be built. */
    static Optional<String> missingImage() {
        DockerClient engine = DockerClientFactory.lazyClient();
        return SERVICES.stream()
                .map("normlab/%s:latest"::formatted)
                .filter(image -> !isThere(engine, image))
                .findFirst();
    }

    private static boolean isThere(DockerClient engine, String image) {
        try {
            engine.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    static ServerContainers start() {
        Path infra = TestServer.checkout().resolve("infra");
        try {
            // Secrets that open nothing but these containers.
            Path folder = Files.createDirectories(Path.of("target/cluster").toAbsolutePath());
            Map<String, String> environment = Map.of(
                    FOLDER,
                    folder.toString(),
                    "NORMLAB_CONDUCTOR_PORT",
                    port(),
                    "NORMLAB_MLFLOW_PORT",
                    port(),
                    "NORMLAB_S3_PORT",
                    port());
            makeSecrets(infra, environment);
            ComposeContainer compose = new ComposeContainer(
                            "normlab-it", infra.resolve("compose.yaml").toFile())
                    .withServices(SERVICES.toArray(String[]::new))
                    .withEnv(environment)
                    .withPull(false)
                    .withRemoveVolumes(true);
            ServerContainers started = new ServerContainers(compose, folder);
            compose.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster starts", e);
        }
    }

    private static String port() throws IOException {
        return Integer.toString(TestServer.freePort());
    }

    private static void makeSecrets(Path infra, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(infra.resolve("cluster-secrets").toString()).inheritIO();
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("infra/cluster-secrets ended with status " + status);
        }
    }

    TargetFile target() {
        return TargetFile.read(folder.resolve("target.yaml"));
    }

    /** As the engine describes them. */
    List<InspectContainerResponse> inspect() {
        DockerClient engine = DockerClientFactory.lazyClient();
        return engine.listContainersCmd().withLabelFilter(Map.of(PROJECT, project())).exec().stream()
                .map(container -> engine.inspectContainerCmd(container.getId()).exec())
                .toList();
    }

    Process scanForSecrets() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        TestServer.checkout().resolve("infra/scan-secrets").toString(), project())
                .redirectErrorStream(true);
        builder.environment().put(FOLDER, folder.toString());
        return builder.start();
    }

    /** A random name. */
    private String project() {
        return Objects.requireNonNull(compose.getContainerByServiceName("gateway")
                .orElseThrow()
                .getContainerInfo()
                .getConfig()
                .getLabels()
                .get(PROJECT));
    }

    @Override
    public void close() {
        compose.stop();
    }
}
