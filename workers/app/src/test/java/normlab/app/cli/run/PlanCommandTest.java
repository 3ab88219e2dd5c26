package normlab.app.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.experiment.Precision;
import normlab.json.Json;
import normlab.learning.ComputeDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is made without a stack: from the experiment, this machine, and the store's folder if there is one. */
class PlanCommandTest {
    @TempDir
    private Path data;

    @Test
    void withoutAStoreEverythingIsToBeTrained() {
        JsonNode plan = plan("plan", "quick", "--json");
        assertThat(plan.path("trials")).hasSize(80);
        assertThat(plan.path("cache").asText()).isEqualTo("nothing is stored yet");
        assertThat(plan.path("trials")).allMatch(t -> t.path("state").asText().equals("TRAIN"));
        assertThat(plan.path("wallHours").asDouble()).isPositive();
        assertThat(plan.path("finish").asText()).isNotEmpty();
    }

    @Test
    void aTrialWhoseResultLiesInTheStoresFolderIsCached() throws IOException {
        String key = plan("plan", "smoke", "--json")
                .path("trials")
                .get(0)
                .path("key")
                .asText();
        Path trial =
                Files.createDirectories(data.resolve("data/s3/normlab/trials").resolve(key));
        Files.writeString(trial.resolve("result.json"), "{}");
        JsonNode plan = plan("plan", "smoke", "--json");
        assertThat(plan.path("trials").get(0).path("state").asText()).isEqualTo("CACHED");
        assertThat(plan.path("trials").get(1).path("state").asText()).isEqualTo("TRAIN");
        assertThat(plan("plan", "smoke", "--force", "--json").path("trials"))
                .allMatch(t -> t.path("state").asText().equals("TRAIN"));
    }

    @Test
    void aPlanSaysWhetherTheCampaignWouldBeRegistered() {
        assertThat(new Shell(data).run("plan", "smoke").out())
                .contains("The campaign would be exploratory: smoke has no registration");
        assertThat(plan("plan", "smoke", "--json")
                        .path("registration")
                        .path("kind")
                        .asText())
                .isEqualTo("exploratory");
    }

    @Test
    void aNetworkThatHasNotRunHereIsTimedByItsMultiplyAdds() {
        double plain = seconds(plan("plan", "smoke", "--json"));
        double deep = seconds(plan("plan", "smoke", "--set", "networks=[resnet-20]", "--json"));
        assertThat(deep).isGreaterThan(5 * plain);
    }

    @Test
    void aNetworkThatTheImagesAreTooSmallForIsRefusedBesideAllElse() {
        Shell.Answer answer = new Shell(data).run("plan", "smoke", "--set", "networks=[vgg-16, plane-8, plain-8]");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err().lines()).hasSize(3);
        assertThat(answer.err())
                .contains("[network vgg-16] max-pool reads 1×1 pixels, its window needs 2×2")
                .contains("'plane-8' is not known");
    }

    private static double seconds(JsonNode plan) {
        return plan.path("trials").get(0).path("seconds").asDouble();
    }

    @Test
    void aDryRunIsThePlan() {
        assertThat(plan("run", "smoke", "--dry-run", "--json").path("trials"))
                .isEqualTo(plan("plan", "smoke", "--json").path("trials"));
    }

    @Test
    void aValueThatIsSetChangesTheKeysOfTheTrials() {
        JsonNode as = plan("plan", "smoke", "--json").path("trials");
        JsonNode set = plan("plan", "smoke", "--set", "recipe.learningRate=0.05", "--json")
                .path("trials");
        assertThat(set).hasSameSizeAs(as);
        assertThat(set.get(0).path("key")).isNotEqualTo(as.get(0).path("key"));
    }

    @Test
    void aValueThatNoExperimentHasIsRefusedWithTheNearestName() {
        Shell.Answer answer = new Shell(data).run("plan", "smoke", "--set", "recipe.epoch=3");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("--set recipe.epoch=3").contains("did you mean epochs?");
    }

    @Test
    void bfloat16IsRefusedUnlessTheDeviceHasArithmeticForItOrTheUserInsists() {
        String deviceClass = ComputeDevice.ofEnvironment().deviceClass();
        Shell.Answer answer = new Shell(data).run("plan", "smoke", "--set", "recipe.precision=bfloat16");
        if (Precision.BFLOAT16.isFastOn(deviceClass)) {
            assertThat(answer.exitCode()).isZero();
        } else {
            assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(answer.err()).contains("[recipe.precision] is bfloat16", deviceClass, "--force");
        }
        assertThat(plan("plan", "smoke", "--set", "recipe.precision=bfloat16", "--force", "--json")
                        .path("trials"))
                .hasSize(4);
    }

    @Test
    void peopleSeeATableAndTheTotals() {
        String out = new Shell(data).run("plan", "smoke").out();
        assertThat(out)
                .contains("sigmoid-cbn-s2")
                .contains("4 trials, 0 of them cached")
                .contains("slots side by side");
    }

    private JsonNode plan(String... arguments) {
        Shell.Answer answer = new Shell(data).run(arguments);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
    }
}
