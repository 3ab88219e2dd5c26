package normlab.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void aListReadsAsASentence() {
        assertThat(Words.list(List.of())).isEmpty();
        assertThat(Words.list(List.of("a"))).isEqualTo("a");
        assertThat(Words.list(List.of("a", "b"))).isEqualTo("a and b");
        assertThat(Words.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }

    @Test
    void semicolonsSeparateItemsWithCommas() {
        assertThat(Words.list(List.of("BN", "BN, head after the pool", "CBN")))
                .isEqualTo("BN; BN, head after the pool; and CBN");
    }
}
