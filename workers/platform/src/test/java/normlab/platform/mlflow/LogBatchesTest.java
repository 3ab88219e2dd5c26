package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.Test;

class LogBatchesTest {
    @Test
    void aSmallRunIsOneRequest() {
        assertThat(LogBatches.of("r", pairs(20), TrackedRuns.epochs(1, 4), Map.of(), pairs(5)))
                .hasSize(1);
    }

    @Test
    void nothingToLogIsNoRequest() {
        assertThat(LogBatches.of("r", Map.of(), List.of(), Map.of(), Map.of())).isEmpty();
    }

    @Test
    void aLargeRunStaysWithinTheLimitsAndLosesNothing() {
        List<Map<String, Object>> batches =
                LogBatches.of("r", pairs(250), TrackedRuns.epochs(1, 400), Map.of(), pairs(150));
        assertThat(batches).allSatisfy(b -> {
            assertThat(part(b, "params")).hasSizeLessThanOrEqualTo(100);
            assertThat(part(b, "tags")).hasSizeLessThanOrEqualTo(100);
            assertThat(part(b, "params").size()
                            + part(b, "tags").size()
                            + part(b, "metrics").size())
                    .isLessThanOrEqualTo(1000);
        });
        assertThat(all(batches, "params")).doesNotHaveDuplicates().hasSize(250);
        assertThat(all(batches, "tags")).doesNotHaveDuplicates().hasSize(150);
        assertThat(all(batches, "metrics")).doesNotHaveDuplicates().hasSize(3200);
    }

    @Test
    void theLastTagIsTheLastOfAll() {
        List<Map<String, Object>> batches =
                LogBatches.of("r", pairs(1), TrackedRuns.epochs(1, 400), Map.of(), pairs(3));
        assertThat(batches).hasSize(4);
        assertThat(all(batches.subList(0, 3), "tags")).isEmpty();
        assertThat(List.copyOf(part(batches.getLast(), "tags")).getLast()).isEqualTo(Map.of("key", "k2", "value", "2"));
    }

    private static Map<String, String> pairs(int count) {
        Map<String, String> pairs = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> pairs.put("k" + i, String.valueOf(i)));
        return pairs;
    }

    private static Collection<?> part(Map<String, Object> batch, String name) {
        return batch.get(name) instanceof Collection<?> part ? part : List.of();
    }

    private static List<Object> all(List<Map<String, Object>> batches, String name) {
        return batches.stream().<Object>flatMap(b -> part(b, name).stream()).toList();
    }
}
