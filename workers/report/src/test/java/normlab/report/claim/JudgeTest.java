package normlab.report.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import normlab.experiment.Arm;
import normlab.report.Fixture;
import normlab.report.analysis.Measure;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Part.Side;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Findings PILOT = Findings.of(Fixture.quick(), Fixture.claims());

    @Test
    void thePilotHasAVerdictOnEachClaimOfTheAbstract() {
        assertThat(PILOT.verdicts())
                .extracting(v -> v.claim().id())
                .containsExactly("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11");
        assertThat(standing("C1")).isEqualTo(Standing.NOT_TESTED);
        assertThat(standing("C7")).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(standing("C8")).isEqualTo(Standing.NOT_SUPPORTED);
        assertThat(standing("C11")).isEqualTo(Standing.NOT_TESTED);
    }

    @Test
    void aGainSmallerThanClaimedIsEvidenceAgainstTheClaim() {
        Part sigmoid = verdict(PILOT, "C8").parts().getFirst();
        assertThat(sigmoid.name()).isEqualTo("Sigmoid");
        assertThat(sigmoid.effect().orElseThrow()).isCloseTo(5.26, within(1e-9));
        assertThat(sigmoid.claimed()).isEqualTo(15);
        assertThat(sigmoid.side()).isEqualTo(Side.AGAINST);
        assertThat(verdict(PILOT, "C7").parts().getFirst().side()).isEqualTo(Side.FOR);
    }

    /** Sample mean .37, SD .274 over 5 pairs, tested against 0 at 5 % / 5: statsmodels' solve_power gives n = 9.82. */
    @Test
    void anOpenPartSaysHowManyPairsItNeeds() {
        Part tanh = verdict(PILOT, "C7").parts().get(1);
        assertThat(tanh.side()).isEqualTo(Side.OPEN);
        assertThat(tanh.pairsNeeded()).hasValue(10);
        Part relu = verdict(PILOT, "C7").parts().get(2);
        assertThat(relu.pairsNeeded().orElseThrow()).isGreaterThan(300);
    }

    @Test
    void everyPartNamesTheTrialsBehindIt() {
        Part sigmoid = verdict(PILOT, "C7").parts().getFirst();
        assertThat(sigmoid.pairs()).isEqualTo(5);
        assertThat(sigmoid.trialKeys()).hasSize(10).doesNotHaveDuplicates();
        assertThat(PILOT.campaign().trials())
                .filteredOn(t -> sigmoid.trialKeys().contains(t.planned().key()))
                .allMatch(t -> List.of("cbn", "bn").contains(t.planned().arm()));
    }

    @Test
    void threeSeedsDecideNothing() {
        Findings few = Findings.of(withSeeds(3), Fixture.claims());
        assertThat(verdict(few, "C7").standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(verdict(few, "C8").standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(verdict(few, "C7").parts())
                .allMatch(p -> p.side() == Side.OPEN && p.note().contains("fewer than 5"));
        assertThat(verdict(few, "C7").parts().getFirst().pairsNeeded()).hasValue(5);
    }

    @Test
    void aPairLostToADivergenceLeavesAPartOpen() {
        CampaignResults spoilt = Fixture.campaign(
                Fixture.experiment(Fixture.arms(), Fixture.comparisons()),
                t -> t.planned().label().equals("sigmoid-bn-s1") ? Fixture.diverged(t) : t);
        Findings findings = Findings.of(spoilt, Fixture.claims());
        Part sigmoid = verdict(findings, "C6").parts().getFirst();
        assertThat(sigmoid.side()).isEqualTo(Side.OPEN);
        assertThat(sigmoid.note()).contains("1 pair lost to a divergence");
        // At chance accuracy the diverged trial has a value, so accuracy is judged with all pairs.
        assertThat(verdict(findings, "C7").parts().getFirst().pairs()).isEqualTo(5);
    }

    @Test
    void equivalenceMustBeShownAndOnlyWorseIsEvidenceAgainstIt() {
        assertThat(level(0.1, -0.1, 0.2, 0.0, -0.2)).isEqualTo(Side.FOR);
        assertThat(level(-3.1, -2.9, -3.0, -3.2, -2.8)).isEqualTo(Side.AGAINST);
        assertThat(level(-1.5, 0.5, -1.0, 0.9, -2.0)).isEqualTo(Side.OPEN);
        assertThat(level(3.1, 2.9, 3.0, 3.2, 2.8)).isEqualTo(Side.OPEN);
        assertThat(level(0.1, -0.1, 0.0)).isEqualTo(Side.OPEN);
        assertThat(level()).isEqualTo(Side.ABSENT);
    }

    @Test
    void aCampaignWithoutCbnTestsNothing() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.remove("cbn");
        Findings findings =
                Findings.of(Fixture.campaign(Fixture.experiment(arms, List.of()), t -> t), Fixture.claims());
        assertThat(findings.verdicts()).allMatch(v -> v.standing() == Standing.NOT_TESTED);
    }

    private static Side level(Double... differences) {
        Pairs pairs = new Pairs(List.of(differences), 0, List.of());
        return PairedPart.level(List.of(new PairedPart("any", Measure.ACCURACY, pairs, 0)), 5, 1)
                .getFirst()
                .side();
    }

    private static Standing standing(String id) {
        return verdict(PILOT, id).standing();
    }

    private static ClaimVerdict verdict(Findings findings, String id) {
        return findings.verdicts().stream()
                .filter(v -> v.claim().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static CampaignResults withSeeds(int seeds) {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.replaceAll((name, arm) -> new Arm(
                arm.title(),
                arm.normalization(),
                arm.head(),
                arm.learningRate(),
                Fixture.seeds(Math.min(seeds, arm.seeds().size()))));
        return Fixture.campaign(Fixture.experiment(arms, Fixture.comparisons()), t -> t);
    }
}
