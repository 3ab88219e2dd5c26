package normlab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.task.Tasks.TrialInput;
import org.junit.jupiter.api.Test;

class TrialIdTest {
    @Test
    void aTrialIsFoundAgainByItsPlace() {
        for (TrialId id : List.of(TrialId.shared("0123"), TrialId.of("quick-1", "0123"))) {
            assertThat(TrialId.at(id.prefix())).isEqualTo(id);
            assertThat(TrialId.holding(id.prefix() + "/checkpoint/000000000004"))
                    .contains(id);
        }
        assertThat(TrialId.of("quick-1", "0123").prefix()).isEqualTo("runs/quick-1/trials/0123");
    }

    @Test
    void noTrialLiesElsewhere() {
        for (String place : List.of("", "0123", "trials/", "trials/0123/", "runs/trials/0123", "trials/0/1")) {
            assertThat(TrialId.find(place)).as(place).isEmpty();
        }
        assertThat(TrialId.holding("trials/0123")).isEmpty();
        assertThat(TrialId.holding("datasets/fashion-mnist/f/manifest.json")).isEmpty();
        assertThatThrownBy(() -> Json.read(bytes("{'run':'r','prefix':'0123'}"), TrialInput.class, "input"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is '0123', expected trials/KEY or runs/CAMPAIGN/trials/KEY");
        assertThatThrownBy(() -> Json.read(bytes("{'run':'r','prefix':{}}"), TrialInput.class, "input"))
                .hasMessageContaining("prefix is {}, expected a text");
    }

    @Test
    void plansAreStoredAsTheyAlwaysWere() {
        byte[] stored = bytes("{'trials':[{'arm':'cbn','cached':true,'key':'0123','label':'relu-cbn-s1',"
                + "'prefix':'runs/quick-1/trials/0123'}]}");
        CampaignPlan plan = Json.read(stored, CampaignPlan.class, "plan.json");
        assertThat(plan.trials())
                .containsExactly(new PlannedTrial(TrialId.of("quick-1", "0123"), "cbn", "relu-cbn-s1", true));
        assertThat(Json.bytes(plan)).isEqualTo(stored);
        assertThat(plan.trials().getFirst().cell()).isEqualTo("relu-cbn");
    }

    @Test
    void aMapByTrialIsStoredUnderItsPlace() {
        assertThat(Json.write(Map.of(TrialId.shared("0123"), "disk full")))
                .isEqualTo("{\"trials/0123\":\"disk full\"}");
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
