package normlab.app;

import static normlab.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Connections;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.server.Credentials;
import normlab.platform.server.Endpoints;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.report.campaign.RerunVerdict;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The whole program as a user has it: real Conductor, MLflow and S3 servers, real training, on real images. One stack
 * and one campaign serve all tests. Each test leaves the stack running and the campaign as it was, so their order does
 * not matter.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SmokeTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();
    private static final Path DATA = Path.of("target/smoke").toAbsolutePath();
    /** One slot: each costs seconds of start, more than these trainings take. */
    private static final NormlabCommand NORMLAB = new NormlabCommand(HOME, DATA, 1);

    private static final int TRIALS = 4;
    private static final int EPOCHS = 10;
    private final EmbeddedStack stack = new EmbeddedStack(new Home(HOME, DATA));
    private JsonNode campaign = NullNode.getInstance();
    private String slotMetrics = "";
    private String coordinatorMetrics = "";

    @BeforeAll
    void runTheExperimentFromNothing() throws IOException, InterruptedException {
        NORMLAB.run("down");
        deleteAll(DATA);
        Files.createDirectories(DATA);
        // What can be made again at any time, the Python environment above all, is shared with the user's stack.
        Path servers = Files.createDirectories(HOME.resolve(".normlab/servers"));
        Files.createSymbolicLink(DATA.resolve("servers"), servers);
        campaign = json(succeeds("run", "smoke", "--json"));
        slotMetrics = stack.metrics("slot-1");
        coordinatorMetrics = stack.metrics("coordinator");
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        NORMLAB.run("down");
    }

    @Test
    void anExperimentRunsThroughTheRealStackToItsReport() throws Exception {
        assertThat(campaign.get("state").asText()).isEqualTo("COMPLETED");
        assertThat(campaign.get("trials"))
                .isEqualTo(Json.tree(
                        Map.of("total", TRIALS, "complete", TRIALS, "cached", 0, "diverged", 0, "failed", 0)));
        assertThat(Files.readString(Path.of(campaign.get("report").asText())))
                .contains("reconstruction")
                .contains("Sigmoid")
                .contains("smoke");
    }

    @Test
    void aPrometheusServerFindsEachWorkerProcessAndWhatItHasDone() {
        assertThat(slotMetrics)
                .contains("normlab_tasks_total{status=\"COMPLETED\",task=\"train\"} " + (double) TRIALS)
                .contains("normlab_epochs_total " + (double) (TRIALS * EPOCHS));
        assertThat(coordinatorMetrics).contains("normlab_tasks_total{status=\"COMPLETED\",task=\"report\"}");
    }

    @Test
    void nothingIsReachedFromAnotherMachine() throws Exception {
        Endpoints endpoints = stack.endpoints();
        List<URI> doors = List.of(
                URI.create(endpoints.conductorUrl()),
                URI.create(endpoints.mlflowUrl()),
                URI.create(endpoints.s3Endpoint()),
                stack.metricsAddress("slot-1"),
                stack.metricsAddress("coordinator"));
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

    @Test
    void aSecondRunTrainsNothingAndShowsTheSameModels() throws Exception {
        JsonNode trials = json(succeeds("run", "smoke", "--json")).get("trials");
        assertThat(trials.get("cached").asInt()).isEqualTo(TRIALS);
        assertThat(trials.get("complete").asInt()).isEqualTo(TRIALS);
    }

    @Test
    void theTrackingServerShowsTheCampaignWithItsTrialsCurvesAndReport() throws Exception {
        JsonNode parents = stack.mlflowRuns("tags.`normlab.run` = '%s'".formatted(campaignId()));
        assertThat(parents).hasSize(1);
        JsonNode parent = parents.get(0);
        assertThat(parent.path("info").path("status").asText()).isEqualTo("FINISHED");
        assertThat(parent.path("data").path("metrics").findValuesAsText("key"))
                .contains("trials/test_accuracy_mean/sigmoid-bn", "trials/test_accuracy_sd/sigmoid-cbn")
                .contains("trials/by_epoch/validation_accuracy_mean/sigmoid-bn");
        String id = parent.path("info").path("run_id").asText();
        JsonNode children = stack.mlflowRuns("tags.`mlflow.parentRunId` = '%s'".formatted(id));
        assertThat(children).hasSize(TRIALS);
        for (JsonNode child : children) {
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
    void aCampaignSurvivesAKilledSlotAndARestartOfTheStackWithTheSameModels() throws Exception {
        NormlabCommand.Running rerun = NORMLAB.start("rerun", campaignId(), "--json");
        Path interrupted = killTheSlotInMidTraining();
        assertThat(NORMLAB.run("down").exitCode()).isZero();
        NormlabCommand.Answer noStack = NORMLAB.run("status");
        assertThat(noStack.exitCode()).isZero();
        assertThat(noStack.out()).containsPattern(campaignId() + " +COMPLETED");
        assertThat(noStack.err()).contains("./normlab up");
        assertThat(NORMLAB.run("up").exitCode()).isZero();
        NormlabCommand.Answer answer = rerun.answer();
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode ended = json(answer);
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
    private Path killTheSlotInMidTraining() throws Exception {
        while (true) {
            eventually(Duration.ofMinutes(2), SmokeTest::inMidTraining, Optional::isPresent);
            stack.signal("slot-1", "STOP");
            Optional<Path> frozen = inMidTraining();
            if (frozen.isPresent()) {
                stack.signal("slot-1", "KILL");
                return frozen.get();
            }
            stack.signal("slot-1", "CONT");
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

    private List<RerunVerdict> verdicts(String run) {
        try (Connections connections = stack.connect()) {
            return new CampaignReport(connections.store(), ClaimFile.read(stack.home()))
                    .rerun(CampaignContents.read(connections.store(), run));
        }
    }

    @Test
    void aReportCanBeWrittenAgain() throws Exception {
        Path report = Path.of(campaign.get("report").asText());
        byte[] before = Files.readAllBytes(report);
        Files.delete(report);
        succeeds("report", campaignId());
        assertThat(Files.readAllBytes(report)).isEqualTo(before);
    }

    @Test
    void theEvidenceOfACampaignIsPackedAndHoldsByItself() throws Exception {
        JsonNode bundle = json(succeeds("export", campaignId(), "--models", "--json"));
        NormlabCommand.Answer verified = NORMLAB.run(
                "verify",
                bundle.path("file").asText(),
                "--digest",
                bundle.path("digest").asText());
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("statistics and claims: recomputed").contains("the bundle is intact");
    }

    @Test
    void aTrialIsExplainedAndAnEndedCampaignIsWatchedToItsEnd() throws Exception {
        assertThat(NORMLAB.run("explain", "smoke/sigmoid-cbn-s1").out())
                .contains("Cached: its result is in the store")
                .contains(campaignId());
        assertThat(succeeds("watch", campaignId()).out()).contains("4 trials");
    }

    /** The store has one of its trials as another version planned it, which no attempt can train. */
    @Test
    void aTrialThatFailsIsNamedAndTheEndOfItsLogIsKeptWithTheCampaign() throws Exception {
        String key = json(succeeds("plan", "smoke", "--set", "recipe.epochs=2", "--json"))
                .at("/trials/0/key")
                .asText();
        try (Connections connections = stack.connect()) {
            ArtifactStore store = connections.store();
            TrialIdentity of = CampaignContents.read(store, campaignId())
                    .trials()
                    .getFirst()
                    .identity();
            TrainingStack another = new TrainingStack("another version", "0", "0", "cpu", 1);
            new TrialArchive(store, TrialId.shared(key))
                    .writeIdentity(new TrialIdentity(of.spec(), of.datasetFingerprint(), another));

            NormlabCommand.Answer answer = NORMLAB.run("run", "smoke", "--set", "recipe.epochs=2", "--json");

            assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
            JsonNode ended = json(answer);
            assertThat(ended.at("/trials/failed").asInt()).isEqualTo(1);
            assertThat(ended.at("/trials/complete").asInt()).isEqualTo(TRIALS - 1);
            String log = "runs/" + ended.get("run").asText() + "/failures/" + key + ".log";
            assertThat(new String(store.require(log), StandardCharsets.UTF_8))
                    .contains("train begins")
                    .contains("TaskFailure: the trial was planned for");
            assertThat(Files.readString(Path.of(ended.get("report").asText())))
                    .contains("the trial was planned for")
                    .contains(log);
            assertThat(stack.mlflowRuns("attributes.status = 'FAILED' and tags.`normlab.trial` = '%s'".formatted(key)))
                    .hasSize(1);
        }
    }

    @Test
    void wrongInputIsRefusedBeforeAnythingStarts() throws Exception {
        NormlabCommand.Answer unknown = NORMLAB.run("run", "smke");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("smke").contains("did you mean smoke?");
        NormlabCommand.Answer usage = NORMLAB.run("run", "smoke", "--jsn");
        assertThat(usage.exitCode()).isEqualTo(2);
        NormlabCommand.Answer noRun = NORMLAB.run("rerun", "no-such-run");
        assertThat(noRun.exitCode()).isEqualTo(2);
        assertThat(noRun.err()).contains("no-such-run").contains("./normlab status");
        NormlabCommand.Answer ended = NORMLAB.run("cancel", campaignId());
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("has ended (COMPLETED)");
    }

    @Test
    void aCampaignWhoseRecordIsDamagedIsNamedAndTheOthersAreListed() throws Exception {
        String damaged = json(succeeds("run", "smoke", "--json")).get("run").asText();
        Path file = DATA.resolve("data/s3/normlab/runs").resolve(damaged).resolve("run.json");
        byte[] record = Files.readAllBytes(file);
        Files.writeString(file, "{");
        NormlabCommand.Answer answer = succeeds("status");
        Files.write(file, record);
        assertThat(answer.err()).contains(damaged + " is not listed").contains("run.json");
        assertThat(answer.out()).containsPattern(campaignId() + " +COMPLETED").doesNotContain(damaged);
    }

    /** JUnit runs nested classes last: what the other tests trained, resumed, reported and packed is searched too. */
    @Nested
    class AtTheEnd {
        @Test
        void theSecretOfTheStoreIsInNothingThatCampaignsLeaveBehind() throws Exception {
            SecretSearch search =
                    new SecretSearch(Credentials.of(stack.home().stack()).secretKey());
            Set<Path> holders = Set.of(
                    stack.home().stack().credentials(),
                    stack.home().stack().data("s3proxy.properties"),
                    stack.home().stack().awsCredentials());
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
            assertThat(search.isInDatabase(stack.home().stack().data("conductor/conductor.db")))
                    .isFalse();
            assertThat(search.isInDatabase(stack.home().stack().data("mlflow/mlflow.db")))
                    .isFalse();
            assertThat(search.processes()).isEmpty();
        }
    }

    private String campaignId() {
        return campaign.get("run").asText();
    }

    private static NormlabCommand.Answer succeeds(String... arguments) throws IOException, InterruptedException {
        NormlabCommand.Answer answer = NORMLAB.run(arguments);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return answer;
    }

    private static JsonNode json(NormlabCommand.Answer answer) {
        return Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
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
