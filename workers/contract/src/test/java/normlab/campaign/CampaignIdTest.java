package normlab.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignIdTest {
    @Test
    void anIdTellsItsExperimentAndTheSecondOfItsStart() {
        CampaignId id = CampaignId.create("paper-cifar10", Instant.parse("2026-11-23T00:53:34.817Z"));
        assertThat(id.text()).matches("paper-cifar10-20261123-005334-[0-9a-f]{4}");
        assertThat(CampaignId.parse(id.text())).hasValue(id);
        assertThat(id.experiment()).isEqualTo("paper-cifar10");
        assertThat(id.startedAt()).isEqualTo("2026-11-23T00:53:34Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"smoke-1", "-20261123-005334-6c03", "smoke-20261323-005334-6c03", "smoke-20261123-005334-6C03"})
    void whatHasAnotherFormIsNotAnId(String text) {
        assertThat(CampaignId.parse(text)).isEmpty();
    }
}
