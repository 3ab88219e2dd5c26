package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import org.junit.jupiter.api.Test;

class ShippedExperimentsTest {
    private static final ExperimentFiles SHIPPED = new ExperimentFiles(Path.of("../../workflows/experiments"));

    /** Networks × learning rates × activations × seeds of all arms. */
    private static final Map<String, Integer> TRIALS = Map.ofEntries(
            Map.entry("quick", 70),
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
            Map.entry("paper-cifar10-mini", 2 * 2 * 6),
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
    void labelsAndTrialsOfAnExperimentAreDistinct() {
        for (String name : SHIPPED.names()) {
            Experiment experiment = SHIPPED.load(name);
            assertThat(experiment.trials()).as(name).extracting(ArmTrial::label).doesNotHaveDuplicates();
            assertThat(experiment.trials()).as(name).extracting(ArmTrial::spec).doesNotHaveDuplicates();
        }
    }

    @Test
    void theRecipesOfThePaperExperimentsAreTheConventionalOnes() {
        assertThat(SHIPPED.load("paper-cifar100").recipe())
                .isEqualTo(SHIPPED.load("paper-cifar10").recipe());
        assertThat(SHIPPED.load("paper-cifar100-wide").recipe().nesterov()).isTrue();
        assertThat(SHIPPED.load("paper-cifar10-resnets").recipe().weightDecay()).isEqualTo(1e-4);
    }
}
