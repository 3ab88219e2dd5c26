package normlab.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import normlab.json.Json;
import org.junit.jupiter.api.Test;

class TrainingSpeedTest {
    private static final TrainingLoad LOAD = new TrainingLoad(
            "plain-8", Activation.RELU, new Normalization.None(), Head.OFF, Precision.FLOAT32, 64, 1, 2, 1);

    @Test
    void speedsAddUpWhileMemoryAndStartAreThoseOfTheWorst() {
        TrainingSpeed speed = TrainingSpeed.of(List.of(process(1000, 300, 2), process(3000, 200, 4)), LOAD);
        assertThat(speed.imagesPerSecond()).isEqualTo(4000);
        assertThat(speed.stepMillis()).isEqualTo(1000.0 * 64 / 2000);
        assertThat(speed.peakFraction()).isEqualTo(0.5);
        assertThat(speed.peakMemoryMiB()).isEqualTo(300);
        assertThat(speed.startSeconds()).isEqualTo(4);
    }

    @Test
    void itsJsonHasTheKeysThatScriptsRead() {
        JsonNode json = Json.tree(TrainingSpeed.of(List.of(process(1000, 300, 2)), LOAD));
        for (String key : List.of("imagesPerSecond", "stepMillis", "gflops", "peakFraction", "peakMemoryMiB")) {
            assertThat(json.path(key).isNumber()).as(key).isTrue();
        }
    }

    @Test
    void theImagesOfALoadAreThoseOfItsNetworksDataWithFewClasses() {
        TrainingLoad large = new TrainingLoad(
                "resnet-18-imagenet",
                Activation.RELU,
                new Normalization.None(),
                Head.OFF,
                Precision.FLOAT32,
                8,
                1,
                1,
                1);
        assertThat(large.geometry().height()).isEqualTo(224);
        assertThat(large.geometry().classes()).isEqualTo(10);
    }

    private static JsonNode process(double imagesPerSecond, double memory, double start) {
        return Json.tree(new ProcessSpeed(imagesPerSecond, 1, 10, 20, 1, 1, memory, start, 1, 1));
    }
}
