package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Augmentation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFilesTest {
    private static final ExperimentFiles SHIPPED = new ExperimentFiles(Path.of("../../workflows/experiments"));
    private static final String WHOLE = """
            description: a test
            dataset: {name: tiny, trainPerClass: 10, validationPerClass: 2}
            networks: [plain-8]
            activations: [relu, tanh]
            recipe: {learningRate: 0.1, momentum: 0.9, nesterov: false, weightDecay: 0.0, decayNormAndBias: false,
              batchSize: 8, epochs: 3, warmupSteps: 0, schedule: {kind: cosine}, labelSmoothing: 0,
              precision: float32}
            measureTestEachEpoch: false
            learningRates: []
            arms:
              bn: {title: BN, normalization: {kind: batch-norm, epsilon: 1.0e-5, momentum: 0.1}, head: off, seeds: [1]}
              none: {title: none, normalization: {kind: none}, head: off, seeds: [1]}
            comparisons: []
            """;

    private static final String WHITENING =
            "{kind: complete-whitening, c: 0.7, groupSize: 0, epsilon: 1.0e-3, momentum: 0.1}";

    @TempDir
    Path folder;

    @Test
    void quickIsTheEightyTrialsOfTheDefaultExperiment() {
        Experiment quick = SHIPPED.load("quick");
        assertThat(quick.trials()).hasSize(80);
        assertThat(quick.name()).isEqualTo("quick");
        assertThat(quick.dataset()).isEqualTo(new DatasetSpec("fashion-mnist", 1024, 500));
        assertThat(quick.activations()).containsExactly(Activation.values());
        assertThat(quick.recipe()).isEqualTo(new Recipe(0.1, 0.9, 5e-4, 64, 4, 80));
        assertThat(quick.arms()).containsOnlyKeys("bn", "cbn", "bn-post", "none");
        assertThat(arm(quick, "cbn").normalization())
                .isEqualTo(new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1));
        assertThat(arm(quick, "bn-post").normalization()).isEqualTo(new Normalization.BatchNorm(1e-5, 0.1));
        assertThat(arm(quick, "bn-post").head()).isEqualTo(Head.POST_GAP);
        assertThat(arm(quick, "none").learningRate()).hasValue(0.03);
        assertThat(quick.comparisons())
                .extracting(c -> c.treatment() + " - " + c.baseline())
                .containsExactly("cbn - bn", "cbn - bn-post", "bn-post - bn");
    }

    @Test
    void smokeDropsTheArmsItDoesNotNeed() {
        Experiment smoke = SHIPPED.load("smoke");
        assertThat(smoke.arms()).containsOnlyKeys("bn", "cbn");
        assertThat(smoke.trials()).hasSize(4);
        assertThat(smoke.recipe().learningRate()).isEqualTo(0.1);
        assertThat(smoke.recipe().batchSize()).isEqualTo(16);
    }

    @Test
    void everyShippedExperimentLoads() {
        assertThat(SHIPPED.names()).contains("quick", "smoke").doesNotContain("base");
        SHIPPED.names().forEach(n -> assertThat(SHIPPED.load(n).trials()).as(n).isNotEmpty());
    }

    @Test
    void mapsMergeWhileListsAndValuesReplaceThroughAChain() {
        write("whole", WHOLE);
        write("middle", "extends: whole\nrecipe: {epochs: 5}\nactivations: [selu]");
        write("last", "extends: middle\nrecipe: {batchSize: 16}\narms: {none: ~, bn: {seeds: [7, 8]}}");
        Experiment last = files().load("last");
        assertThat(last.recipe()).isEqualTo(new Recipe(0.1, 0.9, 0, 16, 5, 0));
        assertThat(last.activations()).containsExactly(Activation.SELU);
        assertThat(last.arms()).containsOnlyKeys("bn");
        assertThat(arm(last, "bn").seeds()).containsExactly(7L, 8L);
    }

    @Test
    void aScheduleOfAnotherKindAndAnAugmentationAreStatedAsADifference() {
        write("whole", WHOLE);
        write("steps", """
                extends: whole
                recipe:
                  epochs: 200
                  schedule: {kind: steps, atEpochs: [60, 120, 160], factor: 0.2}
                  gradientClip: 5
                  augmentation: {crop: 4, flip: true}
                """);
        Recipe recipe = files().load("steps").recipe();
        assertThat(recipe.schedule()).isEqualTo(new Schedule.Steps(List.of(60, 120, 160), 0.2));
        assertThat(recipe.gradientClip()).hasValue(5.0);
        assertThat(recipe.augmentation()).hasValue(new Augmentation(4, true));
    }

    @Test
    void allProblemsComeAtOnceWithTheFileAsSubject() {
        write(
                "bad",
                WHOLE.replace("epochs: 3", "epoch: 3")
                        .replace("head: off, seeds: [1]}\n  none", "head: of, seeds: [1]}\n  none"));
        InvalidInputException failure = failure("bad");
        assertThat(failure.subject()).endsWith("bad.yaml");
        assertThat(failure.problems())
                .containsExactlyInAnyOrder(
                        "recipe.epochs is missing",
                        "recipe.epoch is not known here; did you mean epochs?",
                        "arms.bn.head is \"of\", expected one of off, pre-gap, post-gap");
    }

    @Test
    void valuesOutOfRangeAreToldWithTheWrongTypesAllAtOnce() {
        write("whole", WHOLE);
        write("bad", """
                extends: whole
                activations: [relu, relu]
                networks: []
                recipe: {epochs: -3, batchSize: 0, momentum: 1.5, weightDecay: lots}
                arms: {bn: {seeds: [1, 1]}, none: {seeds: []}}
                """);
        assertThat(failure("bad").problems())
                .containsExactlyInAnyOrder(
                        "activations[1] is \"relu\" a second time, expected each once",
                        "networks is empty, expected at least 1",
                        "recipe.epochs is -3, expected at least 1",
                        "recipe.batchSize is 0, expected at least 2",
                        "recipe.momentum is 1.5, expected at least 0 and less than 1",
                        "recipe.weightDecay is \"lots\", expected a number",
                        "arms.bn.seeds[1] is 1 a second time, expected each once",
                        "arms.none.seeds is empty, expected at least 1");
    }

    @Test
    void whatOnlyARecordRefusesIsToldAsItSaysIt() {
        write("whole", WHOLE);
        write("bad", "extends: whole\nrecipe: {momentum: 0, nesterov: true}");
        assertThat(failure("bad").problems()).singleElement().asString().contains("nesterov is true and momentum is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.1", "NaN"})
    void aLearningRateThatDoesNotLearnIsRefusedWithItsPlace(String rate) {
        write("whole", WHOLE);
        write("recipe", "extends: whole\nrecipe: {learningRate: %s}".formatted(rate));
        write("arm", "extends: whole\narms: {bn: {learningRate: %s}}".formatted(rate));
        write("list", "extends: whole\nlearningRates: [0.1, %s]".formatted(rate));
        assertThat(failure("recipe").problems()).singleElement().asString().matches("recipe(\\.|: )learningRate is .*");
        assertThat(failure("arm").problems()).singleElement().asString().matches("arms\\.bn(\\.|: )learningRate is .*");
        assertThat(failure("list").problems()).singleElement().asString().startsWith("learningRates");
    }

    @Test
    void brokenYamlIsRefusedWithLineAndColumn() {
        write("broken", "description: a test\nrecipe: {epochs: 3\n");
        assertThat(failure("broken"))
                .hasMessageContaining("broken.yaml")
                .hasMessageMatching("(?s).*line \\d+, column \\d+: .*");
    }

    @Test
    void whatIndentsWronglyIsNamed() {
        write("tab", "recipe:\n\tepochs: 3\n");
        write("step", "recipe:\n  epochs: 3\n   momentum: 0.5\n");
        assertThat(failure("tab")).hasMessageContaining("line 2, ").hasMessageContaining("TAB");
        assertThat(failure("step")).hasMessageContaining("line 3, ").hasMessageContaining("indented");
    }

    @Test
    void aKeyGivenTwiceIsRefusedWithItsLine() {
        write("twice", WHOLE + "networks: [other]\n");
        assertThat(failure("twice")).hasMessageContaining("line 14, ").hasMessageContaining("'networks'");
    }

    @Test
    void aListInPlaceOfAMapIsRefused() {
        write("list", "- a\n- b\n");
        assertThat(failure("list").problems()).containsExactly("is not a map, expected lines of `key: value`");
    }

    @Test
    void aCycleIsRefusedWithItsPath() {
        write("a", "extends: b");
        write("b", "extends: a");
        assertThat(failure("a").problems()).containsExactly("extends itself: a → b → a");
    }

    @Test
    void anUnknownParentIsRefusedWithASuggestion() {
        write("whole", WHOLE);
        write("child", "extends: whol");
        assertThat(failure("child"))
                .hasMessageContaining("extends is \"whol\"")
                .hasMessageContaining("did you mean whole?");
    }

    @Test
    void anUnknownExperimentIsAnsweredWithTheNearestOrAll() {
        write("whole", WHOLE);
        write("other", WHOLE);
        assertThat(failure("whle"))
                .hasMessageContaining("[experiment whle]")
                .hasMessageContaining("did you mean whole?");
        assertThat(failure("nothing-like-it")).hasMessageContaining("known: other, whole");
        assertThat(failure("../whole")).hasMessageContaining("[experiment ../whole]");
    }

    @Test
    void removingWhatIsNotInheritedIsAMisspelling() {
        write("whole", WHOLE);
        write("child", "extends: whole\narms: {nome: null}");
        assertThat(failure("child").problems())
                .containsExactly(
                        "arms.nome is null, which removes an inherited key, but it is not inherited; did you mean none?");
    }

    @Test
    void theNameIsNotForTheFileToSay() {
        write("named", WHOLE + "name: other\n");
        assertThat(failure("named")).hasMessageContaining("its name is that of its file");
    }

    @Test
    void anExponentNeedsNoPoint() {
        write("exponent", WHOLE.replace("1.0e-5", "1e-5"));
        assertThat(arm(files().load("exponent"), "bn").normalization())
                .isEqualTo(new Normalization.BatchNorm(1e-5, 0.1));
    }

    @Test
    void theListOfNamesIsSorted() {
        List.of("b", "a", "arms", "base").forEach(n -> write(n, WHOLE));
        assertThat(files().names()).containsExactly("a", "b");
    }

    @Test
    void anArmOfTheCatalogueNeedsOnlyItsSeedsAndCanDiffer() {
        write("arms", "arms: {white: {title: W, head: pre-gap, normalization: " + WHITENING + "}}");
        write("whole", WHOLE);
        write("named", "extends: whole\narms: {white: {seeds: [4], normalization: {groupSize: 8}}}");
        Arm white = arm(files().load("named"), "white");
        assertThat(white.normalization()).isEqualTo(new Normalization.CompleteWhitening(0.7, 8, 1e-3, 0.1));
        assertThat(white.head()).isEqualTo(Head.PRE_GAP);
        assertThat(white.seeds()).containsExactly(4L);
        assertThat(files().load("whole").arms()).containsOnlyKeys("bn", "none");
    }

    @Test
    void theCatalogueIsNotAnExperimentToExtend() {
        write("arms", "arms: {}");
        write("whole", WHOLE);
        write("from-arms", "extends: arms");
        assertThat(failure("from-arms")).hasMessageContaining("extends is \"arms\", which is not in");
    }

    @Test
    void theCatalogueOffersEachNormalizationOnceAndNamesTheMostSimilarArm() {
        ArmCatalogue shipped = ArmCatalogue.in(Path.of("../../workflows/experiments"));
        assertThat(shipped.methods())
                .extracting(ArmCatalogue.Method::arm)
                .containsExactly(
                        "none",
                        "bn",
                        "cbn",
                        "cbn-c1",
                        "swap",
                        "out-gain",
                        "dual",
                        "rms",
                        "white",
                        "bn-white",
                        "bn-centred",
                        "bounded",
                        "fan-in",
                        "weight-standardised");
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> shipped.method("wite")))
                .hasMessageContaining("did you mean white?");
    }

    private static Arm arm(Experiment experiment, String name) {
        return Objects.requireNonNull(experiment.arms().get(name), name);
    }

    private ExperimentFiles files() {
        return new ExperimentFiles(folder);
    }

    private InvalidInputException failure(String name) {
        return catchThrowableOfType(InvalidInputException.class, () -> files().load(name));
    }

    private void write(String name, String yaml) {
        try {
            Files.writeString(folder.resolve(name + ".yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
