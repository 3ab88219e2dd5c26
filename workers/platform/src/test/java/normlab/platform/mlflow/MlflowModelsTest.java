package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import normlab.platform.s3.LossyLink;
import normlab.port.TrackedExperiment;
import normlab.port.TrackedModel;
import normlab.port.TrackedModel.Registration;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Identity;
import normlab.testkit.RunLike;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MlflowModelsTest {
    @RegisterExtension
    static final MlflowExtension MLFLOW = new MlflowExtension();

    private static MlflowClients mlflow;

    private final String experiment = "models-" + UUID.randomUUID();
    private final TrackedRun campaign = TrackedRuns.campaign(experiment, "r-" + UUID.randomUUID());
    private final TrackedRun trial =
            RunLike.of(TrackedRuns.trial(campaign, 1)).model(model("weights")).run();

    @BeforeAll
    static void connect() {
        mlflow = MlflowClients.of(MLFLOW.server(), MLFLOW.settings());
    }

    @AfterAll
    static void disconnect() {
        mlflow.close();
    }

    @Test
    void aModelIsReadyWithItsFilesItsMetricsAndItsRun() {
        mlflow.tracker().project(List.of(campaign, trial));
        JsonNode model = mlflow.view().models(experiment).getFirst();
        assertThat(model.path("info").path("status").asText()).isEqualTo("LOGGED_MODEL_READY");
        assertThat(model.path("info").path("name").asText())
                .as("without the characters that the server refuses")
                .isEqualTo("sigmoid-cbn-lr0_1-s1");
        JsonNode run = mlflow.view().run(experiment, trial.name());
        String runId = run.path("info").path("run_id").asText();
        assertThat(model.path("info").path("source_run_id").asText()).isEqualTo(runId);
        assertThat(model.path("data").path("metrics").path(0).path("key").asText())
                .isEqualTo("validation/accuracy");
        String key = model.path("info").path("artifact_uri").asText().replace("s3://normlab/", "");
        assertThat(mlflow.store().get(key + "/model.safetensors")).hasValue(bytes("weights"));
        assertThat(mlflow.view().outputs(runId)).containsExactly(id(model));
    }

    @Test
    void aModelSaysWhoMadeItAndByWhichCode() {
        TrackedRun byAda = RunLike.of(trial)
                .tags(Map.of("mlflow.user", "ada", "mlflow.source.git.commit", "4f2a91c", "normlab.kind", "trial"))
                .run();
        mlflow.tracker().project(List.of(campaign, byAda));
        JsonNode tags = mlflow.view().models(experiment).getFirst().path("info").path("tags");
        assertThat(tags.findValuesAsText("value")).contains("ada", "4f2a91c").doesNotContain("trial");
    }

    @Test
    void aRegisteredModelNamesItsVersionByAlias() {
        mlflow.tracker().project(List.of(campaign, trial));
        JsonNode registered = mlflow.view().registered(experiment + ".sigmoid-cbn");
        assertThat(registered.path("aliases").path(0).path("alias").asText()).isEqualTo("headline");
        JsonNode version = registered.path("latest_versions").path(0);
        assertThat(version.path("source").asText())
                .isEqualTo("models:/" + id(mlflow.view().models(experiment).getFirst()));
    }

    @Test
    void aVersionThatSomebodyDeletesIsRegisteredAgain() {
        String name = experiment + ".sigmoid-cbn";
        mlflow.tracker().project(List.of(campaign, trial));
        try (MlflowConnection connection = new MlflowConnection(MLFLOW.server(), MlflowConnection.DEADLINE)) {
            new UnsupportedEndpoints(connection, MLFLOW.server()).deleteVersion(name, "1");
        }
        assertThat(mlflow.view().registered(name).path("aliases")).isEmpty();

        mlflow.tracker().project(List.of(campaign, trial));
        JsonNode registered = mlflow.view().registered(name);
        assertThat(registered.path("aliases").path(0).path("alias").asText()).isEqualTo("headline");
        assertThat(registered.path("latest_versions")).hasSize(1);
        assertThat(mlflow.view().models(experiment)).hasSize(1);
    }

    @Test
    void anotherModelBecomesTheNextVersionAndGetsTheAlias() {
        TrackedRun other = RunLike.of(TrackedRuns.trial(campaign, 2))
                .model(model("other weights"))
                .run();
        mlflow.tracker().project(List.of(campaign, trial));
        mlflow.tracker().project(List.of(campaign, trial, other));
        JsonNode registered = mlflow.view().registered(experiment + ".sigmoid-cbn");
        assertThat(registered.path("latest_versions").path(0).path("version").asText())
                .isEqualTo("2");
        assertThat(registered.path("aliases").path(0).path("version").asText()).isEqualTo("2");
    }

    @Test
    void twoRunsOfEqualBytesShowOneModel() {
        TrackedRun again = TrackedRuns.campaign(experiment, "again-" + UUID.randomUUID());
        TrackedRun cached =
                RunLike.of(TrackedRuns.trial(again, 1)).model(model("weights")).run();
        mlflow.tracker().project(List.of(campaign, trial, again, cached));
        assertThat(mlflow.view().models(experiment)).hasSize(1);
        assertThat(mlflow.view().runs(experiment))
                .filteredOn(r -> r.path("info").path("run_name").asText().equals(trial.name()))
                .hasSize(2)
                .allSatisfy(r -> assertThat(mlflow.view()
                                .outputs(r.path("info").path("run_id").asText()))
                        .hasSize(1));
    }

    @Test
    void lostAnswersAndTwoTrackersAtOnceMakeOneModelAndOneVersion() throws Exception {
        mlflow.tracker().project(List.of(campaign));
        try (LossyLink link = LossyLink.to(MLFLOW.address(), n -> n % 3 == 0);
                MlflowTracker lossy = new MlflowTracker(MlflowServer.open(link.address()), mlflow.store()::upload);
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Callable<List<String>>> both = new ArrayList<>();
            both.add(() -> lossy.project(List.of(trial)));
            both.add(() -> mlflow.tracker().project(List.of(trial)));
            for (Future<List<String>> one : pool.invokeAll(both)) {
                assertThat(one.get()).hasSize(1);
            }
        }
        mlflow.tracker().project(List.of(campaign, trial));
        assertThat(mlflow.view().models(experiment)).hasSize(1);
        assertThat(mlflow.view()
                        .registered(experiment + ".sigmoid-cbn")
                        .path("latest_versions")
                        .path(0)
                        .path("version")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void anExperimentIsPresentedWithItsChartsGrouped() throws IOException {
        TrackedExperiment described = new TrackedExperiment(
                experiment, "What it asks.", new Identity("normlab.kind", "trial"), List.of("arm"));
        String link = mlflow.tracker().present(described);
        String id = mlflow.view().experiment(experiment).path("experiment_id").asText();
        assertThat(link)
                .isEqualTo(
                        "%s/#/experiments/%s/runs?workflowType=machine_learning&compareRunsMode=CHART&viewStateShareKey=normlab"
                                .formatted(MLFLOW.address(), id));
        JsonNode tags = mlflow.view().experiment(experiment).path("tags");
        assertThat(tags.findValuesAsText("key")).contains("mlflow.note.content", "mlflow.sharedViewState.normlab");
        try (LossyLink counted = LossyLink.to(MLFLOW.address(), n -> false);
                MlflowTracker second =
                        new MlflowTracker(MlflowServer.open(counted.address()), mlflow.store()::upload)) {
            assertThat(second.present(described)).endsWith("viewStateShareKey=normlab");
            assertThat(counted.answers()).as("two looks, no change").isEqualTo(2);
        }
    }

    private TrackedModel model(String weights) {
        return new TrackedModel(
                new Identity("normlab.model", normlab.provenance.Sha256.of(experiment + weights)),
                "sigmoid-cbn-lr0.1-s1",
                "djl_pytorch",
                Map.of("activation", "sigmoid"),
                Set.of("validation/accuracy"),
                List.of(Attachment.of("model.safetensors", bytes(weights))),
                Optional.of(new Registration(experiment + ".sigmoid-cbn", "First seed.", "headline")));
    }

    private static String id(JsonNode model) {
        return model.path("info").path("model_id").asText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
