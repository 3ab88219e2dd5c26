package normlab.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void processesAreStartedTogetherAndEachGivesItsResult() throws IOException {
        List<JsonNode> results =
                SideBySide.run(2, shell("echo ready; read go; echo \"{\\\"count\\\": $COUNT}\""), Map.of("COUNT", "3"));
        assertThat(results).hasSize(2).allMatch(r -> r.path("count").asInt() == 3);
    }

    @Test
    void whatAProcessSaysInsteadOfReadyIsQuoted() {
        assertThatThrownBy(() -> SideBySide.run(1, shell("echo no such network"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("said 'no such network', expected 'ready'");
    }

    @Test
    void aProcessThatEndsWithoutAResultIsAnError() {
        assertThatThrownBy(() -> SideBySide.run(1, shell("echo ready; read go"), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended early");
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }
}
