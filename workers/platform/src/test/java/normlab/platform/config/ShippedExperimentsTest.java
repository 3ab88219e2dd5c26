package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.Probes;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedExperimentsTest {
    private static final int CIFAR_CLASSES = 10;
    private static final ExperimentFiles SHIPPED = new ExperimentFiles(Path.of("../../workflows/experiments"));

    /** Networks × learning rates × activations × seeds of all arms. */
    private static final Map<String, Integer> TRIALS = Map.ofEntries(
            Map.entry("quick", 80),
            Map.entry("quick-bfloat16", 80),
            Map.entry("smoke", 4),
            Map.entry("ablation", 2 * 5 * 15 * 5),
            Map.entry("ablation-long", 2 * 5 * 15 * 5),
            Map.entry("ablation-mini", 2 * 13 * 3),
            Map.entry("ablation-mini-deep", 2 * 8 * 3),
            Map.entry("ablation-mini-long", 2 * 8 * 3),
            Map.entry("depth", 3 * 5 * 20),
            Map.entry("drill", 2 * 2),
            Map.entry("depth-mini", 3 * 2 * 7),
            Map.entry("lr-sweep", 2 * 4 * 5 * 12),
            Map.entry("lr-sweep-mini", 4 * 3 * 7),
            Map.entry("probe-study", 2 * 5 * 20),
            Map.entry("probe-study-mini", 5 * 15),
            Map.entry("paper-cifar10", 3 * 5 * 20),
            Map.entry("paper-cifar10-resnets", 4 * 5 * 20),
            Map.entry("paper-cifar10-wide", 5 * 20),
            Map.entry("paper-cifar10-dense", 5 * 20),
            Map.entry("paper-cifar10-mobile", 5 * 20),
            Map.entry("cifar10-anchor", 3),
            Map.entry("cifar10-mini", 2 * 6),
            Map.entry("cifar10-rates", 13 * 2 * 3),
            Map.entry("cifar10-rates-c1", 3 * 2 * 3),
            Map.entry("cifar100-mini", 2 * 6),
            Map.entry("paper-cifar100", 3 * 5 * 20),
            Map.entry("paper-cifar100-resnets", 4 * 5 * 20),
            Map.entry("paper-cifar100-wide", 5 * 20),
            Map.entry("paper-cifar100-dense", 5 * 20),
            Map.entry("paper-cifar100-mobile", 5 * 20),
            Map.entry("paper-ilsvrc2012", 2 * 5 * 8));

    @Test
    void everyExperimentResolvesToSoManyTrials() {
        Map<String, Integer> found = new TreeMap<>();
        SHIPPED.names()
                .forEach(name -> found.put(name, SHIPPED.load(name).trials().size()));
        assertThat(found).isEqualTo(new TreeMap<>(TRIALS));
    }

    @Test
    void theRecipesOfThePaperFitGeneratedImagesOfTheSameShape(@TempDir Path folder) throws IOException {
        for (String name : List.of("arms", "base", "paper-cifar10", "paper-cifar10-resnets")) {
            String file = name + ".yaml";
            Files.copy(Path.of("../../workflows/experiments").resolve(file), folder.resolve(file));
        }
        String mini = "paper-cifar10-mini.yaml";
        Files.copy(Path.of("src/test/resources/experiments").resolve(mini), folder.resolve(mini));
        Experiment experiment = new ExperimentFiles(folder).load("paper-cifar10-mini");
        assertThat(experiment.trials()).hasSize(2 * 2 * 6);
        assertThat(experiment.dataset().name()).isEqualTo("synthetic-cifar");
        assertThat(experiment.recipe().augmentation()).isPresent();
    }

    @Test
    void labelsAndTrialsOfAnExperimentAreDistinct() {
        for (String name : SHIPPED.names()) {
            Experiment experiment = SHIPPED.load(name);
            assertThat(experiment.trials()).as(name).extracting(ArmTrial::label).doesNotHaveDuplicates();
            assertThat(experiment.trials()).as(name).extracting(ArmTrial::spec).doesNotHaveDuplicates();
        }
    }

    /**
     * Images whose gradient is taken, beside those of the training; where power iteration and then Lanczos both use up
     * their iterations, and with every moment there can be. So short a training as a mini's makes probes dear.
     */
    @Test
    void theProbesOfAFullExperimentPassAtMostATenthOfTheImagesOfItsTraining() {
        for (String name : SHIPPED.names()) {
            Experiment experiment = SHIPPED.load(name);
            if (experiment.probes().isPresent() && !name.endsWith("-mini")) {
                Recipe recipe = experiment.recipe();
                double trained = (double) recipe.epochs()
                        * CIFAR_CLASSES
                        * experiment.dataset().trainPerClass();
                assertThat(probed(experiment.probes().get(), recipe)).as(name).isLessThan(trained / 10);
            }
        }
    }

    private static double probed(Probes probes, Recipe recipe) {
        int drops = probes.beforeRateDrops() && recipe.schedule() instanceof Schedule.Steps s
                ? s.atEpochs().size()
                : 0;
        int moments = probes.fractions().size() + probes.trainingLosses().size() + drops;
        double gradient = probes.gradient()
                .map(g -> g.batches() * (double) recipe.batchSize())
                .orElse(0.0);
        // The gradient where it stands, then each step and the relative one, raw and scale-free.
        double smoothness = probes.smoothness()
                .map(s -> s.images() * (1.0 + 2 * (s.steps().size() + 1)))
                .orElse(0.0);
        // Two gradients a product, twice the iterations and one product more, raw and scale-free.
        double curvature = probes.curvature()
                .map(c -> c.images() * 2.0 * 2 * (2 * c.iterations() + 1))
                .orElse(0.0);
        return moments * (gradient + smoothness + curvature);
    }

    @Test
    void theRecipesOfThePaperExperimentsAreTheConventionalOnes() {
        assertThat(SHIPPED.load("paper-cifar100").recipe())
                .isEqualTo(SHIPPED.load("paper-cifar10").recipe());
        assertThat(SHIPPED.load("paper-cifar100-wide").recipe().nesterov()).isTrue();
        assertThat(SHIPPED.load("paper-cifar10-resnets").recipe().weightDecay()).isEqualTo(1e-4);
    }
}
