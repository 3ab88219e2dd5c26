package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.json.InvalidInputException;
import normlab.learning.data.Geometry;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and multiply-adds of every network and normalization. */
class NetworkSizesTest {
    /** Millions of parameters and milliards of multiply-adds, to as many digits as the sources print. */
    @ParameterizedTest
    @CsvSource({
        "vgg-16, 14.7, 0.31", // kuangliu/pytorch-cifar
        "resnet-20, 0.27, 0.041", // He et al. 2015, table 6
        "resnet-56, 0.85, 0.13",
        "resnet-110, 1.7, 0.25",
        "resnet-18, 11.17, 0.56", // kuangliu/pytorch-cifar
        "resnet-18-imagenet, 11.690, 1.8", // torchvision: 11,689,512
        "resnet-50-imagenet, 25.557, 4.1", // torchvision: 25,557,032
        "wrn-28-10, 36.5, 5.2", // Zagoruyko and Komodakis 2016, table 4
        "densenet-bc-100-12, 0.8, 0.3", // Huang et al. 2017, table 2
        "mobilenet-v2-imagenet, 3.50, 0.30", // torchvision: 3,504,872
    })
    void withBatchNormalizationSizesAreThoseOfTheLiterature(String network, String millions, String milliards) {
        NetworkSummary summary = summary(network, new Normalization.BatchNorm(1e-5, 0.1), Head.OFF);
        assertThat(printed(summary.parameters() / 1e6, millions)).isEqualTo(millions);
        assertThat(printed(summary.multiplyAdds() / 1e9, milliards)).isEqualTo(milliards);
    }

    private static String printed(double value, String like) {
        int digits = like.length() - like.indexOf('.') - 1;
        return ("%." + digits + "f").formatted(value);
    }

    /** The plain ones too read CIFAR here, so that all can be compared. */
    private static Geometry usual(String network) {
        return network.endsWith("-imagenet") ? Geometry.ILSVRC : Geometry.CIFAR_10;
    }

    private static NetworkSummary summary(String network, Normalization normalization, Head head) {
        return NetworkSummary.of(network, new Design(normalization, Activation.RELU, head), usual(network));
    }

    @Test
    void sizesOfEveryNetworkAndNormalizationAreThoseOfTheGoldenFile() {
        assertThat(sizes())
                .as("network-sizes.csv; where the change is meant, put what is found here in its place")
                .isEqualTo(golden());
    }

    private static String sizes() {
        StringBuilder csv = new StringBuilder("network,normalization,parameters,multiplyAdds\n");
        for (String network : NetworkDefinition.names()) {
            TestNetworks.arms().forEach((Named<Normalization> arm) -> {
                NetworkSummary summary = summary(network, arm.getPayload(), Head.PRE_GAP);
                csv.append("%s,%s,%d,%d%n"
                        .formatted(network, arm.getName(), summary.parameters(), summary.multiplyAdds()));
            });
        }
        return csv.toString();
    }

    private static String golden() {
        try (InputStream file = NetworkSizesTest.class.getResourceAsStream("network-sizes.csv")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theRowsOfASummaryAddUpToItsTotals() {
        for (String network : NetworkDefinition.names()) {
            NetworkSummary summary = NetworkSummary.of(
                    network,
                    new Design(new Normalization.WhitenedBatchNorm(16, 1e-3, 0.1), Activation.TANH, Head.POST_GAP),
                    Geometry.ILSVRC);
            assertThat(summary.rows().stream()
                            .mapToLong(NetworkSummary.Row::parameters)
                            .sum())
                    .isEqualTo(summary.parameters());
            assertThat(summary.rows().stream()
                            .mapToLong(NetworkSummary.Row::multiplyAdds)
                            .sum())
                    .isEqualTo(summary.multiplyAdds());
            assertThat(summary.rows().getLast().output()).containsExactly(1000L);
        }
    }

    @Test
    void imagesThatAreTooSmallAreRefusedByName() {
        assertThatThrownBy(() -> NetworkSummary.of(
                        "vgg-16",
                        new Design(new Normalization.None(), Activation.RELU, Head.OFF),
                        Geometry.FASHION_MNIST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("max-pool reads 1×1 pixels, its window needs 2×2");
    }
}
