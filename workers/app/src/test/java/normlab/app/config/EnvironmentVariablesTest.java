package normlab.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentVariablesTest {
    @Test
    void whatNothingCanBeStartedWithIsRefusedAllAtOnce() {
        EnvironmentVariables settings = new EnvironmentVariables(
                Map.of("NORMLAB_SLOTS", "two", "NORMLAB_METRICS", "banana", "NORMLAB_DATA", "/no/such/folder"));
        assertThatThrownBy(settings::refuseIfWrong)
                .hasMessageContaining("NORMLAB_SLOTS is 'two', expected a number")
                .hasMessageContaining("NORMLAB_METRICS is 'banana', expected host:port")
                .hasMessageContaining("NORMLAB_DATA is '/no/such/folder', which is not a folder");
    }

    @Test
    void aVariableThatNothingReadsIsNamedWithTheOneThatMayBeMeant() {
        EnvironmentVariables settings =
                new EnvironmentVariables(Map.of("NORMLAB_SLOT", "1", "PATH", "/bin", "NORMLAB_SLOTS", "1"));
        assertThat(settings.unknown())
                .containsExactly("NORMLAB_SLOT is not used by any command; did you mean NORMLAB_SLOTS?");
        assertThatCode(settings::refuseIfWrong).doesNotThrowAnyException();
    }

    @Test
    void metricsAreOnLoopbackUnlessSaidOtherwise() {
        assertThat(new EnvironmentVariables(Map.of()).metrics().getAddress().isLoopbackAddress())
                .isTrue();
        assertThat(new EnvironmentVariables(Map.of("NORMLAB_METRICS", "0.0.0.0:9464")).metrics())
                .isEqualTo(new InetSocketAddress("0.0.0.0", 9464));
        assertThatThrownBy(() -> new EnvironmentVariables(Map.of("NORMLAB_METRICS", "localhost:99999")).metrics())
                .hasMessageContaining("expected host:port");
    }
}
