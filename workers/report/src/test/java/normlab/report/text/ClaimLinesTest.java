package normlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import normlab.report.Fixture;
import normlab.report.ProbedFixture;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class ClaimLinesTest {
    @Test
    void everyTestHasALineInAscii() {
        Findings findings = Findings.of(ProbedFixture.campaign((activation, arm, scaleFree) -> 1), Fixture.claims());
        assertThat(ClaimLines.terminal(findings.verdicts()))
                .matches("[\\x20-\\x7e\n]+")
                .contains("ReLU, beta-smoothness, raw, BN/none")
                .contains("tests were made in all")
                .contains("E|g|^2, scale-free")
                .doesNotContain("?");
    }
}
