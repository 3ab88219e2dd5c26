package normlab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecoderBenchmarkTest {
    @Test
    void everyThreadDecodesEveryImageInEveryRound() throws InterruptedException {
        DecoderBenchmark.Result result = DecoderBenchmark.run(2, 1);
        assertThat(result.images()).isEqualTo(2 * 16);
        assertThat(result.kibibytes()).isBetween(20.0, 200.0);
        assertThat(result.imagesPerSecond()).isPositive();
    }
}
