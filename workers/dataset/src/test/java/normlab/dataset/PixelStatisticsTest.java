package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import normlab.json.InvalidInputException;
import org.junit.jupiter.api.Test;

class PixelStatisticsTest {
    @Test
    void pixelsAreUnsignedAndScaledToOne() {
        PixelStatistics statistics = PixelStatistics.of(ByteBuffer.wrap(new byte[] {0, (byte) 255, 0, (byte) 255}), 1);
        assertThat(statistics.mean()).containsExactly(0.5);
        assertThat(statistics.sd()).containsExactly(0.5);
    }

    @Test
    void channelsAreApartAndRoundedToFourDecimals() {
        PixelStatistics statistics =
                PixelStatistics.of(ByteBuffer.wrap(new byte[] {10, 100, 20, (byte) 200, 30, 0}), 2);
        // Means 20 and 100; variances 200/3 and 20000/3.
        assertThat(statistics.mean()).containsExactly(0.0784, 0.3922);
        assertThat(statistics.sd()).containsExactly(0.0320, 0.3202);
    }

    @Test
    void imagesWithoutContrastAreRefused() {
        assertThatThrownBy(() -> PixelStatistics.of(ByteBuffer.wrap(new byte[] {7, 7, 7}), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sd is [0.0]");
    }
}
