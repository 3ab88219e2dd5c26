package normlab.app.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import normlab.dataset.DatasetCatalog;
import normlab.experiment.Experiment;
import normlab.experiment.TrialSpec;
import normlab.platform.config.ExperimentFiles;
import org.junit.jupiter.api.Test;

class RequirementsTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home"));

    @Test
    void smallTrialsFitIntoTwoGiBAndImageNetNeedsMany() {
        assertThat(mib("quick")).isBetween(500L, 2048L);
        assertThat(mib("paper-ilsvrc2012")).isGreaterThan(8L * 1024);
    }

    private static long mib(String experiment) {
        Experiment resolved = new ExperimentFiles(HOME.resolve("workflows/experiments")).load(experiment);
        TrialSpec first = resolved.trials().getFirst().spec();
        return Requirements.ofTrial(
                first,
                new DatasetCatalog(HOME.resolve("datasets"))
                        .load(first.dataset().name()));
    }
}
