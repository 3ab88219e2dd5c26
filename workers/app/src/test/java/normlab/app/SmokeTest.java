package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Connections;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.server.Credentials;
import normlab.platform.server.Endpoints;
import normlab.platform.stack.Stack;
import normlab.platform.stack.StackState;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.report.campaign.RerunVerdict;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * The whole program as a user has it: real Conductor, MLflow and S3 servers, real training, on real images. One stack
 * serves all tests, in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SmokeTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final Path DATA = Path.of("target/smoke").toAbsolutePath();
    /** One slot: each costs seconds of start, more than these trainings take. */
    private static final NormlabCommand NORMLAB = new NormlabCommand(HOME, DATA, 1);

    private static final int TRIALS = 4;
    private static final int EPOCHS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static String firstRun = "";

    @BeforeAll
    static void startFromNothing() throws IOException, InterruptedException {
        NORMLAB.run("down");
        deleteAll(DATA);
        Files.createDirectories(DATA);
        // What can be made again at any time, the Python environment above all, is shared with the user's stack.
        Path servers = Files.createDirectories(HOME.resolve(".normlab/servers"));
        Files.createSymbolicLink(DATA.resolve("servers"), servers);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        NORMLAB.run("down");
    }

    @Test
    @Order(1)
    void anExperimentRunsThroughTheRealStackToItsReport() throws Exception {
        NormlabCommand.Answer answer = NORMLAB.run("run", "smoke", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode campaign = Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
        assertThat(campaign.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(campaign.get("trials").toString())
                .isEqualTo("{\"cached\":0,\"complete\":4,\"diverged\":0,\"failed\":0,\"total\":4}");
        String report = Files.readString(Path.of(campaign.get("report").asText()));
        assertThat(report).contains("reconstruction").contains("Sigmoid").contains("smoke");
        firstRun = campaign.get("run").asText();
    }

    @Test
    @Order(2)
    void aPrometheusServerFindsEachWorkerProcessAndWhatItHasDone() throws Exception {
        assertThat(metrics("slot-1"))
                .contains("normlab_tasks_total{status=\"COMPLETED\",task=\"train\"} " + (double) TRIALS)
                .contains("normlab_epochs_total " + (double) (TRIALS * EPOCHS));
        assertThat(metrics("coordinator")).contains("normlab_tasks_total{status=\"COMPLETED\",task=\"report\"}");
    }

    @Test
    @Order(2)
    void nothingIsReachedFromAnotherMachine() throws Exception {
        Endpoints endpoints = new Stack(home().stack()).state().orElseThrow().endpoints();
        List<URI> doors = List.of(
                URI.create(endpoints.conductorUrl()),
                URI.create(endpoints.mlflowUrl()),
                URI.create(endpoints.s3Endpoint()),
                URI.create("http://" + metricsAddress("slot-1")),
                URI.create("http://" + metricsAddress("coordinator")));
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (URI door : doors) {
            new Socket("127.0.0.1", door.getPort()).close();
            for (InetAddress address : outside) {
                assertThatThrownBy(() -> new Socket(address, door.getPort()).close())
                        .as("%s at %s", door, address)
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    /** As Prometheus finds it, with file-based service discovery. */
    private static String metricsAddress(String role) throws IOException {
        Path file = home().stack().metrics(role);
        return Json.parse(Files.readAllBytes(file), file.toString())
                .at("/0/targets/0")
                .asText();
    }

    private static String metrics(String role) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + metricsAddress(role) + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(2)
    void aSecondRunTrainsNothingAndShowsTheSameModels() throws Exception {
        NormlabCommand.Answer answer = NORMLAB.run("run", "smoke", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode trials = Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output")
                .get("trials");
        assertThat(trials.get("cached").asInt()).isEqualTo(TRIALS);
        assertThat(trials.get("complete").asInt()).isEqualTo(TRIALS);
    }

    @Test
    @Order(3)
    void theTrackingServerShowsTheCampaignWithItsTrialsCurvesAndReport() throws Exception {
        JsonNode parents = mlflow("{\"experiment_ids\":[\"1\"],\"filter\":\"tags.`normlab.run` = '" + firstRun
                + "'\",\"max_results\":10}");
        assertThat(parents.path("runs")).hasSize(1);
        JsonNode parent = parents.path("runs").get(0);
        assertThat(parent.path("info").path("status").asText()).isEqualTo("FINISHED");
        assertThat(parent.path("data").path("metrics").findValuesAsText("key"))
                .contains("trials/test_accuracy_mean/sigmoid-bn", "trials/test_accuracy_sd/sigmoid-cbn")
                .contains("trials/by_epoch/validation_accuracy_mean/sigmoid-bn");
        String id = parent.path("info").path("run_id").asText();
        JsonNode children = mlflow("{\"experiment_ids\":[\"1\"],\"filter\":\"tags.`mlflow.parentRunId` = '" + id
                + "'\",\"max_results\":100}");
        assertThat(children.path("runs")).hasSize(TRIALS);
        for (JsonNode child : children.path("runs")) {
            List<String> metrics = child.path("data").findValuesAsText("key");
            assertThat(metrics).contains("train/loss", "validation/accuracy", "test/accuracy", "activation");
            assertThat(child.path("inputs").path("dataset_inputs"))
                    .as("training, validation and test images")
                    .hasSize(3);
            assertThat(child.path("outputs").path("model_outputs")).hasSize(1);
        }
    }

    /** The command that follows the campaign lives through all of it, and tells how it ended. */
    @Test
    @Order(4)
    void aCampaignSurvivesAKilledSlotAndARestartOfTheStackWithTheSameModels() throws Exception {
        NormlabCommand.Running rerun = NORMLAB.start("rerun", firstRun, "--json");
        Path interrupted = killTheSlotInMidTraining();
        assertThat(NORMLAB.run("down").exitCode()).isZero();
        NormlabCommand.Answer noStack = NORMLAB.run("status");
        assertThat(noStack.exitCode()).isZero();
        assertThat(noStack.out()).containsPattern(firstRun + " +COMPLETED");
        assertThat(noStack.err()).contains("./normlab up");
        assertThat(NORMLAB.run("up").exitCode()).isZero();
        NormlabCommand.Answer answer = rerun.answer();
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode ended = Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
        assertThat(ended.path("state").asText()).isEqualTo("COMPLETED");
        assertThat(ended.path("trials").path("complete").asInt()).isEqualTo(TRIALS);
        assertThat(resumes(interrupted)).isPositive();
        assertThat(verdicts(ended.path("run").asText())).hasSize(TRIALS).allMatch(RerunVerdict::equalBytes);
    }

    /**
     * The slot is frozen before it is looked at, so what is seen is still so when it is killed: there is a checkpoint,
     * and two epochs or more are still to come. Where it came too late the slot goes on to the next trial.
     *
     * @return the folder of the trial
     */
    private static Path killTheSlotInMidTraining() throws Exception {
        while (true) {
            await("a trial is in mid-training", () -> inMidTraining().isPresent());
            signal("STOP");
            Optional<Path> frozen = inMidTraining();
            if (frozen.isPresent()) {
                signal("KILL");
                return frozen.get();
            }
            signal("CONT");
        }
    }

    /** A trial of the rerun whose journal, which is written after the checkpoint, lacks two epochs or more. */
    private static Optional<Path> inMidTraining() {
        try (Stream<Path> files = Files.walk(DATA.resolve("data/s3/normlab/runs"))) {
            for (Path journal : files.filter(file -> file.endsWith("progress/journal.jsonl"))
                    .toList()) {
                int epochs = Files.readAllLines(journal).size();
                if (epochs > 0 && epochs <= EPOCHS - 2) {
                    return Optional.of(journal.resolve("../..").normalize());
                }
            }
            return Optional.empty();
        } catch (IOException | UncheckedIOException theStoreIsWriting) {
            return Optional.empty();
        }
    }

    private static int resumes(Path trial) throws IOException {
        return Json.parse(Files.readAllBytes(trial.resolve("training.json")), trial.toString())
                .get("resumes")
                .asInt();
    }

    private static List<RerunVerdict> verdicts(String run) {
        try (Connections connections = connections()) {
            return new CampaignReport(connections.store(), ClaimFile.read(home()))
                    .rerun(CampaignContents.read(connections.store(), run));
        }
    }

    @Test
    @Order(5)
    void aReportCanBeWrittenAgain() throws Exception {
        Path report = DATA.resolveSibling("reports").resolve(firstRun).resolve("report.html");
        byte[] before = Files.readAllBytes(report);
        Files.delete(report);
        assertThat(NORMLAB.run("report", firstRun).exitCode()).isZero();
        assertThat(Files.readAllBytes(report)).isEqualTo(before);
    }

    @Test
    @Order(5)
    void theEvidenceOfACampaignIsPackedAndHoldsByItself() throws Exception {
        NormlabCommand.Answer exported = NORMLAB.run("export", firstRun, "--models", "--json");
        assertThat(exported.exitCode()).as(exported.err()).isZero();
        JsonNode bundle = Json.parse(exported.out().getBytes(StandardCharsets.UTF_8), "output");
        NormlabCommand.Answer verified = NORMLAB.run(
                "verify",
                bundle.path("file").asText(),
                "--digest",
                bundle.path("digest").asText());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("statistics and claims: recomputed").contains("nothing wrong was found");
    }

    @Test
    @Order(5)
    void aTrialIsExplainedAndAnEndedCampaignIsWatchedToItsEnd() throws Exception {
        assertThat(NORMLAB.run("explain", "smoke/sigmoid-cbn-s1").out())
                .contains("Hit")
                .contains(firstRun);
        NormlabCommand.Answer watched = NORMLAB.run("watch", firstRun);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.out()).contains("4 trials");
    }

    /** The store has one of its trials as another version planned it, which no attempt can train. */
    @Test
    @Order(6)
    void aTrialThatFailsIsNamedAndTheEndOfItsLogIsKeptWithTheCampaign() throws Exception {
        NormlabCommand.Answer plan = NORMLAB.run("plan", "smoke", "--set", "recipe.epochs=2", "--json");
        String key = Json.parse(plan.out().getBytes(StandardCharsets.UTF_8), "output")
                .at("/trials/0/key")
                .asText();
        try (Connections connections = connections()) {
            ArtifactStore store = connections.store();
            TrialIdentity of =
                    CampaignContents.read(store, firstRun).trials().getFirst().identity();
            TrainingStack another = new TrainingStack("another version", "0", "0", "cpu", 1);
            new TrialArchive(store, TrialId.shared(key))
                    .writeIdentity(new TrialIdentity(of.spec(), of.datasetFingerprint(), another));

            NormlabCommand.Answer answer = NORMLAB.run("run", "smoke", "--set", "recipe.epochs=2", "--json");

            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
            JsonNode campaign = Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
            assertThat(campaign.at("/trials/failed").asInt()).isEqualTo(1);
            assertThat(campaign.at("/trials/complete").asInt()).isEqualTo(TRIALS - 1);
            String log = "runs/" + campaign.get("run").asText() + "/failures/" + key + ".log";
            assertThat(new String(store.require(log), StandardCharsets.UTF_8))
                    .contains("train begins")
                    .contains("TaskFailure: the trial was planned for");
            assertThat(Files.readString(Path.of(campaign.get("report").asText())))
                    .contains("the trial was planned for")
                    .contains(log);
            JsonNode failed = mlflow("{\"experiment_ids\":[\"1\"],\"filter\":\"attributes.status = 'FAILED'"
                    + " and tags.`normlab.trial` = '" + key + "'\",\"max_results\":10}");
            assertThat(failed.path("runs")).hasSize(1);
        }
    }

    @Test
    @Order(6)
    void wrongInputIsRefusedBeforeAnythingStarts() throws Exception {
        NormlabCommand.Answer unknown = NORMLAB.run("run", "smke");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("smke").contains("did you mean smoke?");
        NormlabCommand.Answer usage = NORMLAB.run("run", "smoke", "--jsn");
        assertThat(usage.exitCode()).isEqualTo(2);
        NormlabCommand.Answer noRun = NORMLAB.run("rerun", "no-such-run");
        assertThat(noRun.exitCode()).isEqualTo(2);
        assertThat(noRun.err()).contains("no-such-run").contains("./normlab status");
        NormlabCommand.Answer ended = NORMLAB.run("cancel", firstRun);
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("has ended (COMPLETED)");
    }

    @Test
    @Order(7)
    void aCampaignWhoseRecordIsDamagedIsNamedAndTheOthersAreListed() throws Exception {
        Files.writeString(DATA.resolve("data/s3/normlab/runs").resolve(firstRun).resolve("run.json"), "{");
        NormlabCommand.Answer answer = NORMLAB.run("status");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains(firstRun + " is left out").contains("run.json");
        assertThat(answer.out()).contains("COMPLETED").doesNotContain(firstRun);
    }

    /** The stack runs, a campaign has been trained, resumed, reported and packed. */
    @Test
    @Order(7)
    void theSecretOfTheStoreIsInNothingThatCampaignsLeaveBehind() throws Exception {
        SecretSearch search = new SecretSearch(Credentials.of(home().stack()).secretKey());
        Set<Path> holders = Set.of(
                home().stack().credentials(),
                home().stack().data("s3proxy.properties"),
                home().stack().awsCredentials());
        for (Path holder : holders) {
            assertThat(search.isIn(Files.readAllBytes(holder)))
                    .as("it is in %s", holder)
                    .isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(holder)))
                    .isEqualTo("rw-------");
        }
        assertThat(search.files(DATA, holders))
                .as("logs, state, objects in S3, databases")
                .isEmpty();
        assertThat(search.files(DATA.resolveSibling("reports"), Set.of()))
                .as("reports and bundles")
                .isEmpty();
        assertThat(search.isInDatabase(home().stack().data("conductor/conductor.db")))
                .isFalse();
        assertThat(search.isInDatabase(home().stack().data("mlflow/mlflow.db"))).isFalse();
        assertThat(search.processes()).isEmpty();
    }

    private static Connections connections() {
        return Connections.to(new Stack(home().stack()).state().orElseThrow().endpoints(), home());
    }

    private static Home home() {
        return new Home(HOME, DATA);
    }

    private static void signal(String signal) throws IOException, InterruptedException {
        StackState state = new Stack(home().stack()).state().orElseThrow();
        long pid = state.member("slot-1").orElseThrow().process().orElseThrow().pid();
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            Thread.sleep(20);
        }
    }

    private static JsonNode mlflow(String search) throws IOException, InterruptedException {
        String url = new Stack(home().stack()).state().orElseThrow().endpoints().mlflowUrl();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/2.0/mlflow/runs/search"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(search))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body();
            return Json.parse(body, url);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
