package normlab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignRecordTest {
    @Test
    void theCommandNamesAllThatMakesTheCampaignAnotherThanTheExperiment() {
        assertThat(run(Optional.empty(), Optional.empty(), Optional.empty()).command())
                .isEqualTo("./normlab run quick");
        assertThat(run(Optional.empty(), Optional.of(true), Optional.of("--seeds 3"))
                        .command())
                .isEqualTo("./normlab run quick --seeds 3 --force");
    }

    @Test
    void theCommandOfARerunNamesTheCampaignThatItRepeats() {
        assertThat(run(Optional.of("quick-1"), Optional.of(true), Optional.empty())
                        .command())
                .isEqualTo("./normlab rerun quick-1");
    }

    private static CampaignRecord run(Optional<String> rerunOf, Optional<Boolean> fresh, Optional<String> options) {
        return new CampaignRecord(
                "quick-2", "quick", Instant.EPOCH, "c0de", rerunOf, fresh, options, Optional.empty(), Optional.empty());
    }
}
