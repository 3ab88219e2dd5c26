package normlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import normlab.report.Fixture;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class FindingPageTest {
    @Test
    void theKeptPageShowsEachComparisonOfTheExperimentWithItsNote() {
        assertThat(FindingPage.page(Findings.of(Fixture.quick(), Fixture.claims())))
                .contains("## What the experiment compares")
                .containsPattern("\\| BN, head − BN \\| [^|]*\\[.*\\| What the head alone does to BN\\. \\|");
    }

    @Test
    void anExperimentWithoutComparisonsHasNoComparisonTable() {
        Findings none = Findings.of(
                Fixture.campaign(Fixture.experiment(Fixture.arms(), List.of()), UnaryOperator.identity()),
                Fixture.claims());
        assertThat(FindingPage.page(none)).doesNotContain("What the experiment compares");
    }

    @Test
    void theKeptPageNamesTheCommandThatMadeIt() {
        assertThat(FindingPage.page(Findings.of(Fixture.quick(), Fixture.claims())))
                .contains("Made by `./normlab run quick` (campaign");
    }
}
