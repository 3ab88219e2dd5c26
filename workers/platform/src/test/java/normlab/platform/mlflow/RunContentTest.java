package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.Status;
import org.junit.jupiter.api.Test;

class RunContentTest {
    private static final Map<String, String> PARAMS = Map.of("a", "1", "b", "2");

    @Test
    void equalRunsHaveEqualFingerprintsWhateverTheOrderOfTheirMaps() {
        Map<String, String> reversed = new LinkedHashMap<>();
        reversed.put("b", "2");
        reversed.put("a", "1");
        assertThat(RunContent.fingerprint(run("text", reversed, "x")))
                .isEqualTo(RunContent.fingerprint(run("text", PARAMS, "x")))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void anyChangeChangesTheFingerprint() {
        String fingerprint = RunContent.fingerprint(run("text", PARAMS, "x"));
        assertThat(RunContent.fingerprint(run("text", PARAMS, "y"))).isNotEqualTo(fingerprint);
        assertThat(RunContent.fingerprint(run("other", PARAMS, "x"))).isNotEqualTo(fingerprint);
        assertThat(RunContent.fingerprint(run("text", Map.of("a", "1"), "x"))).isNotEqualTo(fingerprint);
    }

    @Test
    void whatTheServerWouldCutOffIsRefusedAllAtOnce() {
        TrackedRun run = run("d".repeat(8001), Map.of("long", "p".repeat(6001)), "x");
        assertThatThrownBy(() -> RunContent.check(run))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[run name] 2 problems")
                .hasMessageContaining("description has 8001 characters")
                .hasMessageContaining("param long has 6001 characters");
        RunContent.check(run("d".repeat(8000), Map.of("long", "p".repeat(6000)), "x"));
    }

    private static TrackedRun run(String description, Map<String, String> params, String file) {
        return new TrackedRun(
                "experiment",
                new Identity("normlab.trial", "key"),
                Optional.empty(),
                "name",
                description,
                Status.FINISHED,
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                params,
                Map.of(),
                List.of(),
                List.of(),
                List.of(Attachment.of("file", file.getBytes(StandardCharsets.UTF_8))),
                List.of());
    }
}
