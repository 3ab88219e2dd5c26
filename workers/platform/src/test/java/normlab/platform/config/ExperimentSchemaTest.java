package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ExperimentSchemaTest {
    private static final Path EXPERIMENTS = Path.of("../../workflows/experiments");
    private static final String ARM = "whitened";

    /** With a value for every key that has a range. */
    private static final String FULL = """
            extends: base
            description: Everything.
            dataset: {name: fashion-mnist, trainPerClass: 10, validationPerClass: 10}
            recipe:
              schedule: {kind: steps, atEpochs: [1], factor: 0.5}
              gradientClip: 1
              augmentation: {crop: 2, flip: true}
            arms:
              bn: {seeds: [1]}
              cbn: {seeds: [1]}
              bn-post: {seeds: [1]}
              none: null
              whitened:
                title: Whitened
                normalization: {kind: complete-whitening, c: 1, groupSize: 4, epsilon: 1e-3, momentum: 0.1}
                head: post-gap
                headNormaliser: {kind: standardise, c: 1}
                seeds: [1]
            probes:
              fractions: [0.5]
              trainingLosses: [1]
              beforeRateDrops: false
              gradient: {batches: 2}
              smoothness: {images: 8, steps: [0.1], relativeStep: 0.01}
              curvature: {images: 8, iterations: 8, relativeStep: 0.01, tolerance: 0.01}
              layerCurvature: {images: 8, iterations: 8, relativeStep: 0.01, tolerance: 0.01}
              layers: {images: 8}
            stoppingRule: {treatment: cbn, baseline: bn, halfWidth: 0.5, mostSeeds: 8}
            """;

    /** One epoch has no room for a step of the rate, and whitening has no floor. */
    private static final Map<String, List<String>> BESIDE = Map.of(
            "recipe.epochs",
            List.of("recipe.schedule.kind=cosine", "recipe.schedule.atEpochs=null", "recipe.schedule.factor=null"),
            "arms.whitened.normalization.floor",
            List.of(
                    "arms.whitened.normalization.kind=complete-batch-norm",
                    "arms.whitened.normalization.variant=plain",
                    "arms.whitened.normalization.groupSize=null"));

    @TempDir
    private Path folder;

    @Test
    void theSchemaBesideTheExperimentsIsThatOfTheRecords() throws IOException {
        assertThat(Files.readString(EXPERIMENTS.resolve("schema.json")))
                .as("write it again: ./normlab schema > workflows/experiments/schema.json")
                .isEqualTo(ExperimentSchema.text());
    }

    @Test
    void everyExperimentNamesTheSchemaToItsEditor() throws IOException {
        for (String name : new ExperimentFiles(EXPERIMENTS).names()) {
            assertThat(Files.readString(EXPERIMENTS.resolve(name + ".yaml")))
                    .as(name)
                    .startsWith("# yaml-language-server: $schema=schema.json\n");
        }
    }

    @Test
    void everyKeyIsDescribed() throws IOException {
        List<Key> keys = keys();
        assertThat(keys).hasSizeGreaterThan(50);
        assertThat(keys)
                .as("add them to experiment-keys.yaml")
                .allSatisfy(key -> assertThat(key.schema().path("description").isTextual())
                        .as(key.path())
                        .isTrue());
    }

    /** An editor lets through what a run accepts, and marks what a run refuses. */
    @TestFactory
    Stream<DynamicTest> rangesAreThoseOfTheRecords() throws IOException {
        for (String file : List.of("arms.yaml", "base.yaml")) {
            Files.copy(EXPERIMENTS.resolve(file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("full.yaml"), FULL);
        List<Bound> bounds =
                keys().stream().flatMap(ExperimentSchemaTest::bounds).toList();
        assertThat(bounds).hasSizeGreaterThan(40);
        return bounds.stream()
                .map(bound -> dynamicTest(bound.path() + " " + bound.keyword(), () -> {
                    assertThatThrownBy(() -> load(bound.path(), bound.outside()))
                            .as(bound.outside())
                            .isInstanceOfAny(InvalidInputException.class, IllegalArgumentException.class);
                    assertThatCode(() -> load(bound.path(), bound.inside()))
                            .as(bound.inside())
                            .doesNotThrowAnyException();
                }));
    }

    private void load(String path, String value) {
        List<String> settings = new ArrayList<>(BESIDE.getOrDefault(path, List.of()));
        settings.add(path + "=" + value);
        new ExperimentFiles(folder).load("full", settings).trials();
    }

    private record Key(String path, JsonNode schema) {}

    /** @param outside a value in YAML that is refused, and {@code inside} the nearest that is not */
    private record Bound(String path, String keyword, String outside, String inside) {
        Bound inAList() {
            return new Bound(path, keyword, "[%s]".formatted(outside), "[%s]".formatted(inside));
        }
    }

    private static List<Key> keys() throws IOException {
        List<Key> keys = new ArrayList<>();
        collect("", new ObjectMapper().readTree(ExperimentSchema.text()), keys);
        return keys;
    }

    private static void collect(String prefix, JsonNode schema, List<Key> into) {
        schema.path("properties").properties().forEach(property -> {
            Key key = new Key(prefix + property.getKey(), property.getValue());
            into.add(key);
            collect(key.path() + ".", key.schema(), into);
            collect(key.path() + ".", key.schema().path("items"), into);
            collect(key.path() + "." + ARM + ".", key.schema().path("additionalProperties"), into);
        });
    }

    private static Stream<Bound> bounds(Key key) {
        return Stream.concat(
                ofNumber(key.path(), key.schema()),
                ofNumber(key.path(), key.schema().path("items")).map(Bound::inAList));
    }

    private static Stream<Bound> ofNumber(String path, JsonNode schema) {
        boolean integer = schema.path("type").toString().contains("integer");
        return schema.properties().stream().flatMap(e -> {
            double at = e.getValue().asDouble();
            double step = integer ? 1 : 1e-6;
            return switch (e.getKey()) {
                case "minimum" -> Stream.of(bound(path, e.getKey(), at - step, at, integer));
                case "exclusiveMinimum" -> Stream.of(bound(path, e.getKey(), at, at + step, integer));
                case "maximum" -> Stream.of(bound(path, e.getKey(), at + step, at, integer));
                case "exclusiveMaximum" -> Stream.of(bound(path, e.getKey(), at, at - step, integer));
                default -> Stream.empty();
            };
        });
    }

    private static Bound bound(String path, String keyword, double outside, double inside, boolean integer) {
        return new Bound(path, keyword, number(outside, integer), number(inside, integer));
    }

    private static String number(double value, boolean integer) {
        return integer ? Long.toString((long) value) : Double.toString(value);
    }
}
