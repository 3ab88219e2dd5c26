package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.RunTag;

class LogBatchesTest {
    @Test
    void aSmallRunIsOneRequest() {
        assertThat(LogBatches.of(pairs(20), TrackedRuns.epochs(1, 4), pairs(5))).hasSize(1);
    }

    @Test
    void nothingToLogIsNoRequest() {
        assertThat(LogBatches.of(Map.of(), List.of(), Map.of())).isEmpty();
    }

    @Test
    void aLargeRunStaysWithinTheLimitsAndLosesNothing() {
        List<LogBatches.Batch> batches = LogBatches.of(pairs(250), TrackedRuns.epochs(1, 400), pairs(150));
        assertThat(batches).allSatisfy(b -> {
            assertThat(b.params()).hasSizeLessThanOrEqualTo(100);
            assertThat(b.tags()).hasSizeLessThanOrEqualTo(100);
            assertThat(b.params().size() + b.tags().size() + b.metrics().size()).isLessThanOrEqualTo(1000);
        });
        assertThat(all(batches, LogBatches.Batch::params))
                .doesNotHaveDuplicates()
                .hasSize(250);
        assertThat(all(batches, LogBatches.Batch::tags)).doesNotHaveDuplicates().hasSize(150);
        assertThat(all(batches, LogBatches.Batch::metrics))
                .doesNotHaveDuplicates()
                .hasSize(3200);
    }

    @Test
    void theLastTagIsTheLastOfAll() {
        List<LogBatches.Batch> batches = LogBatches.of(pairs(1), TrackedRuns.epochs(1, 400), pairs(3));
        assertThat(batches).hasSize(4);
        assertThat(all(batches.subList(0, 3), LogBatches.Batch::tags)).isEmpty();
        assertThat(batches.getLast().tags().getLast())
                .isEqualTo(RunTag.newBuilder().setKey("k2").setValue("2").build());
    }

    private static Map<String, String> pairs(int count) {
        Map<String, String> pairs = new LinkedHashMap<>();
        IntStream.range(0, count).forEach(i -> pairs.put("k" + i, String.valueOf(i)));
        return pairs;
    }

    private static <T> List<T> all(List<LogBatches.Batch> batches, Function<LogBatches.Batch, List<T>> part) {
        return batches.stream().flatMap(b -> part.apply(b).stream()).toList();
    }
}
