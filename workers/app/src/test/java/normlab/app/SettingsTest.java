package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void whatNothingCanBeStartedWithIsRefusedAllAtOnce() {
        Settings settings = new Settings(
                Map.of("NORMLAB_SLOTS", "two", "NORMLAB_METRICS", "banana", "NORMLAB_DATA", "/no/such/folder"));
        assertThatThrownBy(settings::refuseIfWrong)
                .hasMessageContaining("NORMLAB_SLOTS is 'two', expected a number")
                .hasMessageContaining("NORMLAB_METRICS is 'banana', expected host:port")
                .hasMessageContaining("NORMLAB_DATA is '/no/such/folder', which is no folder");
    }

    @Test
    void aVariableThatNothingReadsIsNamedWithTheOneThatMayBeMeant() {
        Settings settings = new Settings(Map.of("NORMLAB_SLOT", "1", "PATH", "/bin", "NORMLAB_SLOTS", "1"));
        assertThat(settings.unknown())
                .containsExactly("NORMLAB_SLOT is read by no command; did you mean NORMLAB_SLOTS?");
        assertThatCode(settings::refuseIfWrong).doesNotThrowAnyException();
    }

    @Test
    void metricsAreOnLoopbackUnlessSaidOtherwise() {
        assertThat(new Settings(Map.of()).metrics().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(new Settings(Map.of("NORMLAB_METRICS", "0.0.0.0:9464")).metrics())
                .isEqualTo(new InetSocketAddress("0.0.0.0", 9464));
        assertThatThrownBy(() -> new Settings(Map.of("NORMLAB_METRICS", "localhost:99999")).metrics())
                .hasMessageContaining("expected host:port");
    }
}
