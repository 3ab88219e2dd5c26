package normlab.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.data.Geometry;
import org.junit.jupiter.api.Test;

class OperatorProfileTest {
    @Test
    void anOperatorsTimeIsWithoutThatOfTheOperatorsThatItCalls() {
        List<OperatorTime> operators = OperatorProfile.summary(List.of(trace("""
                [{"name": "outer", "ph": "X", "ts": 0, "dur": 1000, "tid": 1},
                 {"name": "inner", "ph": "X", "ts": 100, "dur": 300, "tid": 1},
                 {"name": "inner", "ph": "X", "ts": 500, "dur": 300, "tid": 1},
                 {"name": "outer", "ph": "X", "ts": 150, "dur": 500, "tid": 2}]
                """), trace("""
                [{"name": "outer", "ph": "X", "ts": 150, "dur": 500, "tid": 1},
                 {"name": "a mark", "ph": "i", "ts": 150}]
                """)));
        assertThat(operators)
                .containsExactly(new OperatorTime("outer", 1.5, 0.7, 0.7), new OperatorTime("inner", 1, 0.3, 0.3));
    }

    private static JsonNode trace(String json) {
        return Json.parse(json.getBytes(StandardCharsets.UTF_8), "trace");
    }

    @Test
    void aStepsConvolutionsAreFoundInBothDirections() throws IOException {
        TrialSpec spec = new TrialSpec(
                new DatasetSpec("generated", 1, 1),
                "plain-8",
                Activation.RELU,
                new Normalization.BatchNorm(1e-5, 0.1),
                Head.OFF,
                new Recipe(0.01, 0.9, 0, 2, 1, 0),
                1);
        List<OperatorTime> operators = OperatorProfile.of(spec, new Geometry(8, 8, 1, 10), 3);
        assertThat(operators.stream().mapToDouble(OperatorTime::share).sum()).isCloseTo(1, within(1e-9));
        assertThat(operators)
                .anySatisfy(o -> {
                    assertThat(o.operator()).isEqualTo("aten::convolution");
                    assertThat(o.calls()).isEqualTo(8);
                })
                .anySatisfy(o -> {
                    assertThat(o.operator()).isEqualTo("aten::convolution_backward");
                    assertThat(o.calls()).isEqualTo(8);
                });
    }
}
