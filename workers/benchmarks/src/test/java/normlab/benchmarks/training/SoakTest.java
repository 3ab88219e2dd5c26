package normlab.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SoakTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryIsReadAfterEachEpoch() throws IOException {
        TrialSpec spec = new TrialSpec(
                new DatasetSpec("generated", 1, 1),
                "plain-8",
                Activation.RELU,
                new Normalization.None(),
                Head.OFF,
                new Recipe(0.01, 0.9, 0, 2, 1, 0),
                1);
        assertThat(Soak.run(spec, new Geometry(8, 8, 1, 10), 3, 2))
                .hasSize(3)
                .allSatisfy(mebibytes -> assertThat(mebibytes).isBetween(20.0, 20_000.0));
    }
}
