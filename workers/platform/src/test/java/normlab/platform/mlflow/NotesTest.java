package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import normlab.port.TrackedRun;
import normlab.testkit.RunLike;
import normlab.testkit.TrackedRuns;
import org.junit.jupiter.api.Test;

class NotesTest {
    private static final ServerRun SERVER = new ServerRun("r7", "3", 0, "RUNNING", "name", "", Map.of(), Map.of());

    @Test
    void linksAndImagesLeadToTheRunsOwnFiles() {
        assertThat(Notes.of(described("[report](artifact:report/report.html) ![curves](artifact:a/b c.png)"), SERVER))
                .isEqualTo("[report](#/experiments/3/runs/r7/artifacts/report/report.html)"
                        + " ![curves](get-artifact?path=a%2Fb+c.png&run_uuid=r7)");
    }

    @Test
    void otherLinksStay() {
        String text = "[paper](https://doi.org/10.1109/TPAMI) and [a] (artifact:b)";
        assertThat(Notes.of(described(text), SERVER)).isEqualTo(text);
    }

    private static TrackedRun described(String text) {
        return RunLike.of(TrackedRuns.campaign("e", "r")).description(text).run();
    }
}
