package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import normlab.json.Json;
import normlab.platform.config.YamlFile;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialResult;

/**
 * The files that make an exported network a model of MLflow's {@code python_function} flavour: {@code
 * mlflow.pyfunc.load_model(folder).predict(images)} returns the logits of uint8 images (N, H, W, C).
 */
record PythonFunction(PreparedDataset dataset, TrialResult result) {
    private static final String LOADER = "normlab_pyfunc";
    private static final String CODE = "code";
    private static final String REQUIREMENTS = "requirements.txt";
    private static final String ENVIRONMENT = "python_env.yaml";
    private static final String EXAMPLE = "input_example.json";

    /** The example as a request to {@code mlflow models serve}. */
    private static final String SERVING_EXAMPLE = "serving_input_example.json";

    /** The Python of the environment that MLflow makes for the model, on request. */
    private static final String PYTHON = "3.12";

    List<Attachment> files() {
        return List.of(
                yaml("MLmodel", model()),
                Attachment.of(CODE + "/" + LOADER + ".py", ModelFiles.resource(LOADER + ".py")),
                Attachment.of(REQUIREMENTS, ModelFiles.resource(REQUIREMENTS)),
                yaml(
                        ENVIRONMENT,
                        Map.of(
                                "python",
                                PYTHON,
                                "build_dependencies",
                                List.of("pip"),
                                "dependencies",
                                List.of("-r " + REQUIREMENTS))),
                Attachment.of(EXAMPLE, Json.bytes(List.of(example()))),
                Attachment.of(SERVING_EXAMPLE, Json.bytes(Map.of("inputs", List.of(example())))));
    }

    private Map<String, Object> model() {
        return Map.of(
                "flavors",
                Map.of(
                        "python_function",
                        Map.of(
                                "loader_module",
                                LOADER,
                                CODE,
                                CODE,
                                "env",
                                Map.of("virtualenv", ENVIRONMENT),
                                "python_version",
                                PYTHON)),
                "mlflow_version",
                mlflowVersion(),
                "model_uuid",
                result.training().modelSha256().substring(0, 32),
                "saved_input_example_info",
                Map.of("artifact_path", EXAMPLE, "serving_input_path", SERVING_EXAMPLE, "type", "ndarray"),
                "signature",
                Map.of(
                        "inputs",
                        tensor("uint8", -1, dataset.height(), dataset.width(), dataset.channels()),
                        "outputs",
                        tensor("float32", -1, dataset.classes().size())),
                "utc_time_created",
                result.training().endedAt().toString());
    }

    /** A signature is JSON within the YAML. */
    private static String tensor(String type, Integer... shape) {
        return Json.tree(List.of(
                        Map.of("type", "tensor", "tensor-spec", Map.of("dtype", type, "shape", List.of(shape)))))
                .toString();
    }

    /** An image of the training set's mean. */
    private List<List<List<Long>>> example() {
        List<Long> pixel = dataset.mean().stream().map(m -> Math.round(255 * m)).toList();
        return Collections.nCopies(dataset.height(), Collections.nCopies(dataset.width(), pixel));
    }

    private static String mlflowVersion() {
        return new String(ModelFiles.resource(REQUIREMENTS), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("mlflow=="))
                .map(line -> line.substring("mlflow==".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Attachment yaml(String path, Object content) {
        byte[] bytes = YamlFile.write(content);
        return new Attachment(path, Sha256.of(bytes), () -> bytes);
    }
}
