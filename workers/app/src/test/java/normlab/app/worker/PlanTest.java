package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import normlab.app.tracking.CampaignTracking;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.dataset.DatasetCatalog;
import normlab.json.InvalidInputException;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.InMemoryRunTracker;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class PlanTest {
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Plan plan = new Plan(
            store,
            new DatasetCatalog(Path.of("none")),
            () -> {
                throw new AssertionError("a stored plan needs no training stack");
            },
            new CampaignTracking(store, new InMemoryRunTracker()));

    @Test
    void aGroupIsReadFromTheStoredPlanWithoutPlanningAgain() {
        new CampaignArchive(store, "r1").writePlan(new CampaignPlan(List.of(trial("a", false), trial("b", true))));

        assertThat(plan.trialsToTrain("r1")).containsExactly(new TrialInput("r1", TrialId.shared("a")));
    }

    @Test
    void aGroupOfACampaignWithoutAPlanIsRefused() {
        assertThatThrownBy(() -> plan.trialsToTrain("r1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("r1")
                .hasMessageContaining("has no plan");
    }

    private static PlannedTrial trial(String key, boolean cached) {
        return new PlannedTrial(TrialId.shared(key), "arm", key, cached);
    }
}
