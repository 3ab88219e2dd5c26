package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import normlab.app.config.Home;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.platform.config.ExperimentFiles;
import org.junit.jupiter.api.Test;

/** The training set of smoke is 240 images of 28 × 28: 15 steps of 16 images, 10 times. */
class ExperimentChecksTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("normlab.home"));
    private static final Home HOME = new Home(CHECKOUT, CHECKOUT.resolve(".normlab"));

    @Test
    void aWarmupAsLongAsTheTrainingIsRefused() {
        check("recipe.warmupSteps=149");
        assertRefused(
                "[recipe.warmupSteps] is 150, expected fewer than the 150 steps of the whole training (10 epochs of 15 steps)",
                "recipe.warmupSteps=150");
        assertRefused("expected fewer than the 15 steps", "recipe.epochs=1", "recipe.warmupSteps=80");
    }

    @Test
    void aWarmupBeyondTheFirstDropOfTheRateIsRefused() {
        String drops = "recipe.schedule={kind: steps, atEpochs: [1, 2], factor: 0.1}";
        check(drops, "recipe.warmupSteps=14");
        assertRefused(
                "[recipe.warmupSteps] is 15, expected fewer than the 15 steps before the first of schedule.atEpochs, 1",
                drops,
                "recipe.warmupSteps=15");
    }

    @Test
    void aCropThatMayMissTheImageIsRefused() {
        check("recipe.augmentation={crop: 27, flip: false}");
        assertRefused(
                "[recipe.augmentation.crop] is 28, expected less than the 28 pixels",
                "recipe.augmentation={crop: 28, flip: false}");
    }

    @Test
    void momentsOfGradientsFromASingleBatchAreRefused() {
        String probes = "probes={fractions: [1], trainingLosses: [], beforeRateDrops: false, gradient: {batches: 2}}";
        check(probes, "recipe.batchSize=120");
        assertRefused(
                "[probes.gradient] needs two batches for a variance, and the 240 training images are one batch of 121",
                probes,
                "recipe.batchSize=121");
    }

    @Test
    void probesBeforeDropsOfARateThatNeverDropsAreRefused() {
        String probes = "probes={fractions: [], trainingLosses: [], beforeRateDrops: true}";
        check(probes, "recipe.schedule={kind: steps, atEpochs: [1], factor: 0.1}");
        assertRefused("[probes.beforeRateDrops] is the only moment to probe at, and a cosine has no drops", probes);
    }

    @Test
    void aComparisonOfArmsThatShareNoSeedIsRefused() {
        assertRefused(
                "[comparisons] cbn - bn is paired by seed, and they share none: [7] and [1, 2]", "arms.cbn.seeds=[7]");
    }

    @Test
    void allProblemsAreToldTogether() {
        assertThatThrownBy(() -> check("recipe.warmupSteps=150", "recipe.augmentation={crop: 64, flip: false}"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        refused -> assertThat(refused.problems()).hasSize(2));
    }

    @Test
    void noExperimentThatIsHereIsRefused() {
        for (String name : new ExperimentFiles(HOME.experiments()).names()) {
            Preflight.names(HOME, new ExperimentFiles(HOME.experiments()).load(name), true);
        }
    }

    private static void assertRefused(String told, String... settings) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(told);
    }

    private static void check(String... settings) {
        Experiment experiment = new ExperimentFiles(HOME.experiments()).load("smoke", List.of(settings));
        Preflight.names(HOME, experiment, false);
    }
}
