package normlab.app.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import normlab.app.NormlabCommand;
import normlab.app.SecretSearch;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.app.config.ClientVariables;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.json.Json;
import normlab.platform.config.TargetFile.ClusterCredentials;
import normlab.platform.config.TargetFile.Pair;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessRef;
import normlab.platform.server.Credentials;
import normlab.platform.server.Endpoints;
import normlab.platform.server.Ports;
import normlab.platform.stack.StackState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed is evaluated by a shell, as its users do. */
class EnvCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final String STRANGE = "it's \"$HOME\" `id` \\ ;& * # é\nand a second line ";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theExportsAreThoseOfTheStackThatRuns() throws Exception {
        aStackRuns();
        Credentials keys = Credentials.of(home().stack());
        assertThat(evaluated(shell().run("env")))
                .containsEntry("MLFLOW_TRACKING_URI", "http://127.0.0.1:15000")
                .containsEntry("MLFLOW_S3_ENDPOINT_URL", "http://127.0.0.1:19000")
                .containsEntry("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:19000")
                .containsEntry("AWS_ACCESS_KEY_ID", keys.accessKey())
                .containsEntry("AWS_SECRET_ACCESS_KEY", keys.secretKey())
                .containsEntry("AWS_SESSION_TOKEN", "")
                .containsEntry("AWS_DEFAULT_REGION", "us-east-1")
                .containsEntry("AWS_REGION", "us-east-1")
                .containsEntry("S3_BUCKET", "normlab")
                .containsEntry("CONDUCTOR_SERVER_URL", "http://127.0.0.1:18080/api")
                .doesNotContainKeys("MLFLOW_TRACKING_USERNAME", "MLFLOW_TRACKING_PASSWORD");
    }

    @Test
    void asJsonTheVariablesHaveTheSameValues() throws Exception {
        aStackRuns();
        JsonNode variables = Json.parse(shell().run("env", "--json").out().getBytes(StandardCharsets.UTF_8), "output")
                .path("variables");
        Map<String, String> evaluated = evaluated(shell().run("env"));
        assertThat(variables).isNotEmpty();
        variables
                .properties()
                .forEach(variable -> assertThat(evaluated)
                        .containsEntry(variable.getKey(), variable.getValue().asText()));
    }

    @Test
    void theExportsOfAClusterHaveItsLoginAndAnyCharacterReachesTheShellAsItIs() throws Exception {
        NormlabCommand.Answer answer = onTheCluster("normlab").run("env");
        assertThat(evaluated(new Shell.Answer(answer.exitCode(), answer.out(), answer.err())))
                .containsEntry("MLFLOW_TRACKING_URI", "https://mlflow.example.org")
                .containsEntry("MLFLOW_TRACKING_USERNAME", "admin " + STRANGE)
                .containsEntry("MLFLOW_TRACKING_PASSWORD", "password " + STRANGE)
                .containsEntry("AWS_ENDPOINT_URL_S3", "https://s3.eu-central-1.amazonaws.com")
                .containsEntry("AWS_ACCESS_KEY_ID", "key " + STRANGE)
                .containsEntry("AWS_SECRET_ACCESS_KEY", "secret " + STRANGE)
                .containsEntry("AWS_REGION", "eu-central-1")
                .containsEntry("CONDUCTOR_SERVER_URL", "http://conductor.example.org:8080/api");
    }

    @Test
    void withTheStackDownItSaysSoAndWhatToDoAndExportsNothing() {
        Shell.Answer answer = shell().run("env");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.SERVICE_UNREACHABLE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("the stack is not running", "./normlab up");
    }

    /** With every event of a log shown, once as it should be and once with a target that is refused. */
    @Test
    void theSecretsAreOnStandardOutputAndNowhereElse() throws Exception {
        NormlabCommand.Answer printed = onTheCluster("normlab").run("env", "-v");
        NormlabCommand.Answer refused = onTheCluster("Not A Bucket").run("env", "-v");
        assertThat(refused.exitCode()).isNotEqualTo(ExitCode.DONE);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("Not A Bucket");
        assertThat(printed.out()).contains("export AWS_SECRET_ACCESS_KEY=");
        for (String secret : List.of("secret it", "password it")) {
            SecretSearch search = new SecretSearch(secret);
            assertThat(search.isIn(printed.out().getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
            assertThat(printed.err() + refused.err()).doesNotContain(secret);
            assertThat(search.files(folder, Set.of(folder.resolve("credentials.json"))))
                    .isEmpty();
        }
    }

    @Test
    void theTextFormHasTheNamesWithoutTheValues() {
        Endpoints endpoints = Endpoints.on(new Ports(18_080, 15_000, 19_000));
        assertThat(ClientVariables.of(Target.embedded(endpoints, home())).toString())
                .contains("AWS_SECRET_ACCESS_KEY")
                .doesNotContain(Credentials.of(home().stack()).secretKey());
    }

    private void aStackRuns() throws IOException {
        ProcessRef us = ProcessRef.current();
        List<ProcessInfo> members = Stream.of("conductor", "s3", "mlflow")
                .map(name -> new ProcessInfo(name, ProcessInfo.Status.UP, Optional.of(us), List.of(), 0, ""))
                .toList();
        StackState state = new StackState(
                StackState.Phase.RUNNING,
                us,
                Optional.of(Files.createDirectories(data()).toRealPath().toString()),
                Endpoints.on(new Ports(18_080, 15_000, 19_000)),
                members,
                Optional.empty(),
                Optional.empty());
        Path file = home().stack().stateFile();
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, Json.bytes(state));
    }

    private NormlabCommand onTheCluster(String bucket) throws IOException {
        Files.write(
                folder.resolve("credentials.json"),
                Json.bytes(new ClusterCredentials(
                        new Pair("key " + STRANGE, "secret " + STRANGE),
                        new Pair("admin " + STRANGE, "password " + STRANGE))));
        Path target = Files.writeString(folder.resolve("target.yaml"), """
                conductor: http://conductor.example.org:8080
                mlflow: https://mlflow.example.org/
                store: {endpoint: "https://s3.eu-central-1.amazonaws.com", region: eu-central-1, bucket: %s}
                credentials: credentials.json
                """.formatted(bucket));
        return new NormlabCommand(
                ROOT,
                data(),
                1,
                Map.of("NORMLAB_TARGET", target.toString(), "JAVA_TOOL_OPTIONS", "-Dnormlab.log=TRACE"));
    }

    /** The environment of a shell that has evaluated what was printed. */
    private static Map<String, String> evaluated(Shell.Answer answer) throws Exception {
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(ExitCode.DONE);
        Process shell = new ProcessBuilder("sh", "-c", "eval \"$1\" && exec env -0", "sh", answer.out())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String variables = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return Arrays.stream(variables.split("\0"))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private Shell shell() {
        return new Shell(data());
    }

    private Home home() {
        return new Home(ROOT, data());
    }

    private Path data() {
        return folder.resolve("data");
    }
}
