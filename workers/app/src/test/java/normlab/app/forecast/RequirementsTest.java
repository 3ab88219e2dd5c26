package normlab.app.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import normlab.app.config.Slots;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetManifest;
import normlab.experiment.Activation;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.Precision;
import normlab.experiment.TrialSpec;
import normlab.learning.ComputeDevice;
import normlab.platform.config.ExperimentFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsTest {
    private static final Slots TWO = new Slots(2, 1);
    private static final Path HOME = Path.of(System.getProperty("normlab.home"));

    @Test
    void smallTrialsFitIntoTwoGiBAndImageNetNeedsMany() {
        // A slot was measured with 356 MiB.
        assertThat(mib("quick")).isBetween(325L, 390L);
        assertThat(mib("paper-ilsvrc2012")).isGreaterThan(8L * 1024);
    }

    @Test
    void aSmallCampaignFitsIntoASmallMachineAndItsDisk() {
        assertThat(Requirements.memoryMiB(TWO, trials("quick"), manifest("quick")))
                .isBetween(2_500L, 5_000L);
        assertThat(Requirements.diskMiB(TWO, trials("quick"), manifest("quick")))
                .isBetween(100L, 1_000L);
    }

    @Test
    void wideNetworksNeedWhatTheirWeightsAndBatchesTake() {
        List<TrialSpec> wide = trials("paper-cifar10-wide");
        // 36.5 million weights: a model of 139 MiB, kept twice, and a checkpoint of 279 MiB, of which three may lie
        // there.
        assertThat(Requirements.diskMiB(TWO, wide, manifest("paper-cifar10-wide")))
                .isBetween(wide.size() * 2 * 139L, wide.size() * 2 * 142L + 6 * 280 + 1_000);
        assertThat(Requirements.memoryMiB(TWO, wide, manifest("paper-cifar10-wide")))
                .isGreaterThan(2 * Requirements.memoryMiB(TWO, trials("quick"), manifest("quick")));
    }

    @Test
    void bfloat16TakesLessMemoryOnlyWhereThereIsArithmeticForIt() {
        boolean fast = Precision.BFLOAT16.isFastOn(ComputeDevice.ofEnvironment().deviceClass());
        assertThat(mib("quick-bfloat16") < mib("quick")).isEqualTo(fast);
    }

    /** Peaks of slots as {@code ./normlab bench memory EXPERIMENT} found them, on whole CIFAR-10 with batches of 128. */
    @ParameterizedTest
    @CsvSource({
        "ablation, vgg-16, bn, RELU, 1457",
        "ablation, vgg-16, bn, SWISH, 1898",
        "ablation, vgg-16, cbn, RELU, 1264",
        "ablation, vgg-16, cbn, SWISH, 1608",
        "ablation, vgg-16, white, RELU, 1330",
        "ablation, vgg-16, white, SWISH, 1715",
        "ablation, vgg-16, bn-white, RELU, 1809",
        "paper-cifar10, resnet-18, bn, RELU, 2176",
        "paper-cifar10, resnet-18, bn, SWISH, 2879",
        "paper-cifar10, preact-resnet-18, bn, RELU, 2067",
        "paper-cifar10, preact-resnet-18, bn, SWISH, 2952",
        "ablation, preact-resnet-18, white, RELU, 1940",
        "depth, resnet-20, bn, RELU, 943",
        "depth, resnet-56, bn, RELU, 1361",
        "depth, resnet-110, bn, RELU, 2147",
    })
    void aMeasuredPeakIsWithinATenthOfThePlan(
            String experiment, String network, String arm, Activation activation, long measured) {
        assertThat(measured).isCloseTo(mib(experiment, network, arm, activation), withinPercentage(10));
    }

    @Test
    void theLargestTrialDecidesTheMemory() {
        List<TrialSpec> mixed = Stream.concat(trials("quick").stream(), trials("paper-cifar10-wide").stream())
                .toList();
        assertThat(Requirements.memoryMiB(TWO, mixed, manifest("paper-cifar10-wide")))
                .isEqualTo(Requirements.memoryMiB(TWO, trials("paper-cifar10-wide"), manifest("paper-cifar10-wide")));
    }

    private static long mib(String experiment) {
        return Requirements.ofTrial(trials(experiment).getFirst(), manifest(experiment));
    }

    private static long mib(String experiment, String network, String arm, Activation activation) {
        TrialSpec trial = resolved(experiment).trials().stream()
                .filter(t -> t.arm().equals(arm)
                        && t.spec().network().equals(network)
                        && t.spec().activation() == activation)
                .map(ArmTrial::spec)
                .findFirst()
                .orElseThrow();
        return Requirements.ofTrial(trial, manifest(experiment));
    }

    private static List<TrialSpec> trials(String experiment) {
        return resolved(experiment).trials().stream().map(ArmTrial::spec).toList();
    }

    private static DatasetManifest manifest(String experiment) {
        return new DatasetCatalog(HOME.resolve("datasets"))
                .load(resolved(experiment).dataset().name());
    }

    private static Experiment resolved(String experiment) {
        return new ExperimentFiles(HOME.resolve("workflows/experiments")).load(experiment);
    }
}
