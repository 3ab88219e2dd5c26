package normlab.app.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.json.Json;
import normlab.learning.network.NetworkDefinition;
import normlab.platform.config.ArmCatalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeCommandTest {
    @TempDir
    private Path data;

    @Test
    void aNetworkIsShownLayerByLayerWithItsTotals() {
        Shell.Answer answer = describe("plain-8", "--activation", "tanh");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("plain-8, normalization bn, Tanh, head off, images 1×28×28")
                .containsPattern("conv1 +3×3, stride 2 +16×14×14 +144 +28,224")
                .containsPattern("norm1 +BN with γ, β +16×14×14 +32")
                .containsPattern("total +40,026 +2,")
                .doesNotContain("reconstruction");
    }

    @Test
    void cbnIsShownAsOurReconstructionWithItsHead() {
        assertThat(describe("plain-8", "--normalization", "cbn").out())
                .contains("head pre-gap")
                .contains("CBN is CBN-R, our reconstruction")
                .containsPattern("total +39,834");
        assertThat(describe("plain-8", "--normalization", "white", "--group-size", "16")
                        .out())
                .contains("whitening of 2×16 channels");
    }

    @Test
    void everyArmOfTheCatalogueIsDescribed() {
        for (String word :
                ArmCatalogue.in(Path.of("../../workflows/experiments")).names()) {
            Shell.Answer answer = describe("resnet-20", "--normalization", word);
            assertThat(answer.exitCode()).as(answer.err()).isZero();
        }
    }

    @Test
    void imagesComeFromTheOptionOrFromADatasetsManifest() {
        assertThat(describe("resnet-18", "--input", "1x64x64").out()).contains("images 1×64×64");
        assertThat(describe("resnet-18", "--dataset", "cifar-100").out())
                .contains("images 3×32×32")
                .containsPattern("fc +fully connected +100");
    }

    @Test
    void withoutANameAllNetworksAreListed() {
        assertThat(describe().out()).contains(NetworkDefinition.names());
        assertThat(Json.parse(describe("--json").out().getBytes(StandardCharsets.UTF_8), "answer"))
                .hasSize(NetworkDefinition.names().size());
    }

    @Test
    void whatIsNotKnownIsAnsweredWithTheNearest() {
        assertThat(describe("resnet-21").err()).contains("did you mean resnet-20?");
        assertThat(describe("plain-8", "--normalization", "wite").err()).contains("did you mean white?");
        assertThat(describe("plain-8", "--input", "32").err()).contains("expected channels, height and width");
        Shell.Answer answer = describe("vgg-16", "--input", "1x28x28");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.err()).contains("max-pool reads 1×1 pixels");
    }

    private Shell.Answer describe(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "describe";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return new Shell(data).run(all);
    }
}
