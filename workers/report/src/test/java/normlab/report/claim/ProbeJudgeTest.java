package normlab.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import normlab.experiment.Activation;
import normlab.report.Fixture;
import normlab.report.ProbedFixture;
import normlab.report.ProbedFixture.Size;
import org.junit.jupiter.api.Test;

class ProbeJudgeTest {
    private static final List<Activation> SMALLEST_FIRST =
            List.of(Activation.RELU, Activation.SWISH, Activation.SELU, Activation.TANH, Activation.SIGMOID);

    private static final Size AS_CLAIMED = (activation, arm, scaleFree) -> switch (arm) {
        case "none" -> 4;
        case "cbn" -> 1;
        default -> activation == Activation.RELU || activation == Activation.SWISH ? 2 : 8;
    };

    @Test
    void effectsAsClaimedSupportTheClaimsOnBn() {
        assertThat(verdict("C2", AS_CLAIMED).standing()).isEqualTo(Standing.SUPPORTED);
        assertThat(verdict("C2", AS_CLAIMED).parts())
                .filteredOn(Part::tested)
                .hasSize(3)
                .allMatch(p -> p.pairs() == 5);
        // Without normalization Sigmoid never leaves chance, so nothing can be compared with it.
        assertThat(verdict("C3", AS_CLAIMED).reason()).startsWith("0 for, 0 against, 2 open, 1 not testable");
        assertThat(verdict("C4", AS_CLAIMED).parts())
                .filteredOn(Part::tested)
                .hasSize(4 * 3)
                .allMatch(p -> p.is(Part.Side.FOR));
        // It is about all five activations, and one could not be tested.
        assertThat(verdict("C4", AS_CLAIMED).standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(verdict("C4", AS_CLAIMED).parts())
                .filteredOn(p -> p.is(Part.Side.NOT_TESTABLE))
                .hasSize(3)
                .allMatch(p -> p.note().contains("none did not train under Sigmoid"));
    }

    @Test
    void ratiosToBnAndScaleFreeOnesDecideNothing() {
        Size rawOnly = (activation, arm, scaleFree) ->
                arm.equals("cbn") ? (scaleFree ? 16 : 1) : AS_CLAIMED.of(activation, arm, scaleFree);
        ClaimVerdict verdict = verdict("C4", rawOnly);
        assertThat(verdict.parts()).filteredOn(Part::tested).hasSize(4 * 3).allMatch(p -> p.is(Part.Side.FOR));
        assertThat(verdict.parts())
                .filteredOn(p -> p.name().equals("ReLU, E‖g‖², scale-free, CBN/BN"))
                .singleElement()
                .matches(p -> p.is(Part.Side.READOUT) && p.effect().orElseThrow() > 2);
    }

    @Test
    void fiveActivationsAreTooFewForAModerateCorrelation() {
        // The pilot's loss AUC rises from ReLU over Swish, SELU and Tanh to Sigmoid, and CBN's is below BN's.
        Size ordered = (activation, arm, scaleFree) -> rank(activation) * (arm.equals("cbn") ? 0.5 : 1);
        Size reversed = (activation, arm, scaleFree) -> 1 / ordered.of(activation, arm, scaleFree);
        // Twenty cells, but only five activations, and ρ is .63.
        assertThat(verdict("C1", ordered).standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(verdict("C1", ordered).parts()).allMatch(p -> p.effect().orElseThrow() > .6);
        assertThat(verdict("C1", reversed).parts()).allMatch(p -> p.effect().orElseThrow() < -.6);
        assertThat(verdict("C1", ordered).parts())
                .allMatch(p -> p.pairs() == 20 && p.note().contains("in clusters, at training loss 1"));
    }

    @Test
    void cellsWithFewSeedsAreNotOrdered() {
        Size reversed = (activation, arm, scaleFree) -> 1 / (rank(activation) * (arm.equals("cbn") ? 0.5 : 1));
        ClaimVerdict few = Findings.of(ProbedFixture.campaign(reversed, 4), Fixture.claims())
                .verdicts()
                .getFirst();
        assertThat(few.standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(few.parts()).allMatch(p -> p.note().startsWith("too few cells or clusters with enough seeds"));
    }

    @Test
    void slowerCellsWithSmallerEstimatesSupportThatSmoothnessIsNotEnough() {
        Size reversed = (activation, arm, scaleFree) -> 1 / rank(activation);
        Size equal = (activation, arm, scaleFree) -> 1;
        assertThat(verdict("C10", reversed).standing()).isEqualTo(Standing.SUPPORTED);
        assertThat(verdict("C10", reversed).parts())
                .extracting(Part::name)
                .contains("Sigmoid BN slower than ReLU BN")
                // At chance level, gradients are small because the network does not learn.
                .noneMatch(n -> n.contains("Sigmoid None"));
        assertThat(verdict("C10", equal).standing()).isEqualTo(Standing.INCONCLUSIVE);
    }

    @Test
    void withoutProbesTheirClaimsAreNotTested() {
        Findings findings = Findings.of(Fixture.quick(), Fixture.claims());
        assertThat(findings.verdicts())
                .filteredOn(v -> v.reason().contains("no probes"))
                .extracting(v -> v.claim().id())
                .containsExactly("C1", "C2", "C3", "C4", "C10");
    }

    private static double rank(Activation activation) {
        return 1 + SMALLEST_FIRST.indexOf(activation);
    }

    private static ClaimVerdict verdict(String id, Size size) {
        return Findings.of(ProbedFixture.campaign(size), Fixture.claims()).verdicts().stream()
                .filter(v -> v.claim().id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
