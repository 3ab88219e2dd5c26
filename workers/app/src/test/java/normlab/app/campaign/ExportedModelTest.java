package normlab.app.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.evaluate.Evaluate;
import normlab.learning.train.Train;
import normlab.platform.config.YamlFile;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.testkit.TinyDataset;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExportedModelTest {
    private static final TrainingStack STACK = LearningStack.current(1);
    private static final Recipe RECIPE = new Recipe(0.03, 0.9, 5e-4, 16, 1, 0);

    private static final TrialSpec SPEC = new TrialSpec(
            TinyDataset.SPEC,
            "plain-8",
            Activation.SIGMOID,
            new Normalization.CompleteBatchNorm(0.7, 1e-5, 0.1),
            Head.PRE_GAP,
            RECIPE,
            1);

    /** Prints accuracy and loss on the test images, after the input example, from the folder alone. */
    private static final String SCORE_WITH_MLFLOW = """
            import json, mlflow, numpy as np, sys
            model = mlflow.pyfunc.load_model(".")
            assert model.predict(model.input_example).shape == (1, 4), model.input_example
            shape = json.load(open("test-images.json"))["shape"]
            images = np.fromfile("test-images.u8", dtype=np.uint8).reshape(shape)
            labels = np.fromfile("test-labels.u8", dtype=np.uint8).astype(int)
            logits = model.predict(images)
            log_p = logits - np.log(np.exp(logits).sum(1, keepdims=True))
            loss = -log_p[np.arange(len(labels)), labels].mean()
            print(f"test accuracy {(logits.argmax(1) == labels).mean():.4f} loss {loss:.4f}")
            try:
                model.predict(images.astype(np.float32))
                sys.exit("float images are accepted")
            except mlflow.exceptions.MlflowException:
                pass
            """;

    private static final Pattern SCORES = Pattern.compile("test accuracy ([0-9.]+) loss ([0-9.]+)");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();

    @TempDir
    Path folder;

    static Stream<Arguments> arms() {
        return Stream.of(
                Arguments.of("plain-8", new Normalization.None(), Head.OFF, Activation.TANH),
                Arguments.of("plain-8", new Normalization.BatchNorm(1e-5, 0.1), Head.POST_GAP, Activation.RELU),
                Arguments.of(
                        "plain-8",
                        new Normalization.CompleteBatchNorm(0.7, 1e-5, 0.1),
                        Head.PRE_GAP,
                        Activation.SIGMOID),
                Arguments.of("plain-8", cbn(Normalization.Variant.OUT_GAIN), Head.POST_GAP, Activation.SELU),
                Arguments.of("plain-8", cbn(Normalization.Variant.RMS), Head.PRE_GAP, Activation.SWISH),
                Arguments.of("plain-8", new Normalization.WhitenedBatchNorm(8, 1e-3, 0.1), Head.OFF, Activation.RELU),
                Arguments.of(
                        "plain-8",
                        new Normalization.CompleteWhitening(0.7, 8, 1e-3, 0.1),
                        Head.PRE_GAP,
                        Activation.TANH),
                Arguments.of("plain-8", reading(Optional.of(1.0), Optional.empty()), Head.POST_GAP, Activation.SIGMOID),
                Arguments.of("resnet-20", reading(Optional.empty(), Optional.of(true)), Head.POST_GAP, Activation.TANH),
                Arguments.of("plain-8", cbn(Normalization.Variant.WEIGHT_STANDARDISED), Head.POST_GAP, Activation.RELU),
                Arguments.of("resnet-20", cbn(Normalization.Variant.PLAIN), Head.PRE_GAP, Activation.RELU),
                Arguments.of("resnet-20", new Normalization.BatchNorm(1e-5, 0.1), Head.OFF, Activation.RELU),
                Arguments.of("preact-resnet-20", new Normalization.BatchNorm(1e-5, 0.1), Head.OFF, Activation.SWISH),
                Arguments.of("mobilenet-v2", cbn(Normalization.Variant.SWAP), Head.PRE_GAP, Activation.RELU));
    }

    private static Normalization reading(Optional<Double> floor, Optional<Boolean> perFanIn) {
        double c = perFanIn.isPresent() ? 12 : 1;
        return new Normalization.CompleteBatchNorm(Normalization.Variant.PLAIN, c, 1e-5, 0.1, floor, perFanIn);
    }

    private static Normalization cbn(Normalization.Variant variant) {
        return new Normalization.CompleteBatchNorm(variant, 0.7, 1e-5, 0.1);
    }

    @ParameterizedTest
    @MethodSource("arms")
    void plainPytorchScoresTheModelAsWeDid(
            String network, Normalization normalization, Head head, Activation activation) throws Exception {
        Path python = python();
        TrialResult result =
                train(new TrialSpec(TinyDataset.SPEC, network, activation, normalization, head, RECIPE, 1));
        export();
        Matcher said = SCORES.matcher(run(python, "evaluate.py"));
        assertThat(said.matches()).as(said.toString()).isTrue();
        assertThat(Double.parseDouble(said.group(1))).isEqualTo(result.test().top1(), within(5e-5));
        assertThat(Double.parseDouble(said.group(2)))
                .as("the loss, which sees every logit")
                .isEqualTo(result.test().loss(), within(2e-4));
    }

    @Test
    void plainPytorchCentresTheActivationAsWeDid() throws Exception {
        Path python = python();
        TrialResult result = train(new TrialSpec(
                TinyDataset.SPEC,
                "plain-8",
                Activation.SIGMOID,
                new Normalization.BatchNorm(1e-5, 0.1),
                Head.OFF,
                RECIPE,
                1,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(true)));
        export();
        Matcher said = SCORES.matcher(run(python, "evaluate.py"));
        assertThat(said.matches()).as(said.toString()).isTrue();
        assertThat(Double.parseDouble(said.group(2))).isEqualTo(result.test().loss(), within(2e-4));
    }

    @Test
    void anExportIsWholeAndItsCardSaysWhatItIs() throws Exception {
        TrialResult result = train(SPEC);
        export();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "MLmodel",
                        "README.md",
                        "architecture.json",
                        "code",
                        "evaluate.py",
                        "input_example.json",
                        "model.safetensors",
                        "network.py",
                        "python_env.yaml",
                        "requirements.txt",
                        "serving_input_example.json",
                        "spec.yaml",
                        "test-images.json",
                        "test-images.u8",
                        "test-labels.u8");
        assertThat(Sha256.of(Files.readAllBytes(folder.resolve("model.safetensors"))))
                .isEqualTo(result.training().modelSha256());
        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("our reconstruction")
                .contains("made by the tests")
                .contains(result.training().modelSha256())
                .contains("%.4f".formatted(result.test().top1()));
        assertThat(Files.readAllLines(folder.resolve("evaluate.py"))).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void theMlmodelFileNamesItsLoaderItsSignatureAndAnExampleThatAreThere() throws Exception {
        train(SPEC);
        export();
        JsonNode model = YamlFile.read(folder.resolve("MLmodel"));
        JsonNode flavour = model.at("/flavors/python_function");
        Path code = folder.resolve(flavour.path("code").asText());
        assertThat(code.resolve(flavour.path("loader_module").asText() + ".py"))
                .content()
                .contains("def _load_pyfunc(path):");
        JsonNode environment =
                YamlFile.read(folder.resolve(flavour.at("/env/virtualenv").asText()));
        assertThat(environment.path("python")).isEqualTo(flavour.path("python_version"));
        assertThat(environment.at("/dependencies/0").asText()).isEqualTo("-r requirements.txt");
        // The tiny dataset has images of 12×12 pixels in one channel and four classes.
        assertThat(model.at("/signature/inputs").asText())
                .isEqualTo("[{\"tensor-spec\":{\"dtype\":\"uint8\",\"shape\":[-1,12,12,1]},\"type\":\"tensor\"}]");
        assertThat(model.at("/signature/outputs").asText())
                .isEqualTo("[{\"tensor-spec\":{\"dtype\":\"float32\",\"shape\":[-1,4]},\"type\":\"tensor\"}]");
        String example = model.at("/saved_input_example_info/artifact_path").asText();
        JsonNode image =
                Json.parse(Files.readAllBytes(folder.resolve(example)), example).path(0);
        String serving =
                model.at("/saved_input_example_info/serving_input_path").asText();
        assertThat(Json.parse(Files.readAllBytes(folder.resolve(serving)), serving)
                        .at("/inputs/0"))
                .isEqualTo(image);
        assertThat(image)
                .hasSize(12)
                .allSatisfy(row -> assertThat(row)
                        .hasSize(12)
                        .allSatisfy(pixel -> assertThat(pixel.path(0).asInt(-1)).isBetween(0, 255)));
        assertThat(folder.resolve("requirements.txt"))
                .content()
                .contains("mlflow==" + model.path("mlflow_version").asText() + "\n");
    }

    /** The versions that the stack and the comparison with PyTorch are tested with. */
    @Test
    void theRequirementsOfAModelAreThoseOfTheRepository() throws Exception {
        train(SPEC);
        export();
        String locked = Files.readString(Path.of("../../infra/mlflow/requirements.lock"))
                + Files.readString(Path.of("../../infra/parity/requirements.lock"));
        assertThat(Files.readAllLines(folder.resolve("requirements.txt")))
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(locked).contains("\n" + line.split(" ")[0] + " "));
    }

    @Test
    void mlflowLoadsTheModelAndScoresItAsWeDid() throws Exception {
        Path python = python();
        TrialResult result = train(SPEC);
        export();
        Files.writeString(folder.resolve("score.py"), SCORE_WITH_MLFLOW);
        Matcher said = SCORES.matcher(
                run(python, "score.py").lines().reduce((a, b) -> b).orElseThrow());
        assertThat(said.matches()).as(said.toString()).isTrue();
        assertThat(Double.parseDouble(said.group(1))).isEqualTo(result.test().top1(), within(5e-5));
        assertThat(Double.parseDouble(said.group(2))).isEqualTo(result.test().loss(), within(2e-4));
    }

    private TrialResult train(TrialSpec spec) throws TaskFailure, TaskInProgress {
        TinyDataset.prepareIn(store);
        TrialArchive archive = new TrialArchive(store, TrialId.shared("exported"));
        archive.writeIdentity(new TrialIdentity(spec, TinyDataset.FINGERPRINT, STACK));
        TrialInput input = new TrialInput("run-1", archive.id());
        new Train(store, new DeviceDatasets(store), STACK, (trial, journal) -> {}, Clock.systemUTC())
                .run(input, new SilentContext());
        new Evaluate(store, new DeviceDatasets(store), Clock.systemUTC()).run(input, new SilentContext());
        return archive.result().orElseThrow();
    }

    private void export() throws IOException {
        TrialArchive archive = new TrialArchive(store, TrialId.shared("exported"));
        TrialIdentity identity = archive.identity();
        PlannedTrial planned = new PlannedTrial(archive.id(), "arm", "trial-s1", false);
        TrialSpec spec = identity.spec();
        Experiment experiment = new Experiment(
                "tiny",
                "A test.",
                spec.dataset(),
                List.of(spec.network()),
                List.of(spec.activation()),
                spec.recipe(),
                List.of(),
                Map.of("arm", new Arm("Arm", spec.normalization(), spec.head(), Optional.empty(), List.of(1L))),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Trial trial = new Trial(planned, identity, archive.journal(), List.of(), List.of(), archive.result());
        CampaignContents contents = new CampaignContents(
                new CampaignRecord("run-1", "tiny", StoredCampaign.START, "c0de", Optional.empty()),
                experiment,
                new CampaignPlan(List.of(planned)),
                List.of(trial),
                Optional.empty(),
                Optional.empty());
        ModelFiles files = new ModelFiles(store, contents, trial);
        for (Attachment file :
                Stream.of(files.model(), files.test()).flatMap(List::stream).toList()) {
            Path path = folder.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.write(path, file.content().get());
        }
    }

    private static Path python() {
        String environment = System.getenv("NORMLAB_TORCH_VENV");
        assumeTrue(
                environment != null,
                "NORMLAB_TORCH_VENV names no virtual environment with PyTorch and safetensors: not compared with PyTorch");
        return Path.of(environment, "bin/python");
    }

    private String run(Path python, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python.toString(), script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
