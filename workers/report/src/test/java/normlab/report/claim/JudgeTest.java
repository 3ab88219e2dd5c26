package normlab.report.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import normlab.experiment.Arm;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.report.Fixture;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Part.Side;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Findings PILOT = Findings.of(Fixture.quick(), Fixture.claims());

    @Test
    void thePilotHasAVerdictOnEachClaimOfTheAbstract() {
        assertThat(PILOT.verdicts())
                .extracting(v -> v.claim().id())
                .containsExactlyElementsOf(Fixture.claims().ids());
        assertThat(standing("C1")).isEqualTo(Standing.NOT_TESTED);
        assertThat(standing("C7")).isEqualTo(Standing.NOT_SUPPORTED);
        assertThat(standing("C8")).isEqualTo(Standing.NOT_TESTED);
        assertThat(standing("C11")).isEqualTo(Standing.NOT_TESTED);
    }

    /** In the pilot, BN under Sigmoid has 78.95 %, and no arm under any activation exceeds 87.8 %. */
    @Test
    void aFigureThatNoArmReachesIsNotAttainable() {
        Part sigmoid = verdict(PILOT, "C8").parts().getFirst();
        assertThat(sigmoid.name()).isEqualTo("Sigmoid");
        assertThat(sigmoid.effect().orElseThrow()).isCloseTo(5.26, within(1e-9));
        assertThat(sigmoid.claimed()).isEqualTo(15);
        assertThat(sigmoid.side()).isEqualTo(Side.NOT_ATTAINABLE);
        assertThat(sigmoid.note()).contains("in this setting", "closes 72 % of BN's gap to ReLU");
        assertThat(verdict(PILOT, "C7").parts().getFirst().side()).isEqualTo(Side.FOR);
    }

    /** Difference −.04, SD .25, n = 5: 99 % interval [−.55, .47], below the smallest effect of interest. */
    @Test
    void aTieUnderOneActivationIsEvidenceAgainstHigherAccuracyForAll() {
        Part relu = verdict(PILOT, "C7").parts().get(2);
        assertThat(relu.side()).isEqualTo(Side.AGAINST);
        assertThat(relu.corrected().orElseThrow().low()).isCloseTo(-0.555, within(1e-3));
        assertThat(relu.corrected().orElseThrow().high()).isCloseTo(0.475, within(1e-3));
        assertThat(relu.note()).startsWith("no gain that matters");
    }

    /**
     * The smallest effect .5 with the pooled SD .420 of the five activations, 5 % / 5: statsmodels' solve_power gives
     * n = 11.6; the effect that was found plays no role.
     */
    @Test
    void theNeededPairsFollowFromTheSmallestEffectOfInterest() {
        List<Part> parts = verdict(PILOT, "C7").parts();
        assertThat(parts.get(1).pairsNeeded()).hasValue(12);
        assertThat(parts.get(2).pairsNeeded()).isEqualTo(parts.get(1).pairsNeeded());
        // Its own SD of .68 is larger than the pooled one.
        assertThat(parts.get(3).pairsNeeded().orElseThrow()).isGreaterThan(20);
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
        assertThat(verdict(few, "C9").standing()).isEqualTo(Standing.INCONCLUSIVE);
        assertThat(verdict(few, "C7").parts())
                .allMatch(p -> p.side() == Side.OPEN && p.note().contains("fewer than 5"));
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
    void theSameHeadIsOnlyThatOfTheReading() {
        assertThat(verdict(PILOT, "C8").parts().getFirst().note()).doesNotContain("at the same head");
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.computeIfPresent(
                "bn-post",
                (name, arm) ->
                        new Arm(arm.title(), arm.normalization(), Head.PRE_GAP, arm.learningRate(), Fixture.seeds(5)));
        Findings findings = Findings.of(
                Fixture.campaign(Fixture.experiment(arms, Fixture.comparisons()), t -> t), Fixture.claims());
        assertThat(verdict(findings, "C8").parts().getFirst().note()).contains("at the same head −0.29");
    }

    @Test
    void anAverageIsOverTheNetworksAndDatasetsOfSeveralCampaigns() {
        List<ClaimVerdict> verdicts =
                Findings.averages(List.of(on("fashion-mnist"), on("cifar-10"), on("cifar-100")), Fixture.claims());
        assertThat(verdicts).extracting(v -> v.claim().id()).containsExactly("C8");
        Part sigmoid = verdicts.getFirst().parts().getFirst();
        assertThat(sigmoid.note()).contains("averaged over 3 cells", "closes 72 % of BN's gap to ReLU");
        assertThat(sigmoid.effect().orElseThrow()).isCloseTo(5.26, within(1e-9));
        Part one = verdict(PILOT, "C8").parts().getFirst();
        assertThat(width(sigmoid)).isLessThan(width(one));
        assertThatThrownBy(() -> Findings.averages(List.of(Fixture.quick(), Fixture.quick()), Fixture.claims()))
                .hasMessageContaining("more than one has trained plain-8");
    }

    private static double width(Part part) {
        return part.interval().orElseThrow().high()
                - part.interval().orElseThrow().low();
    }

    private static CampaignResults on(String dataset) {
        Experiment plain = Fixture.experiment(Fixture.arms(), Fixture.comparisons());
        Experiment other = new Experiment(
                plain.name(),
                plain.description(),
                new DatasetSpec(dataset, 1024, 500),
                plain.networks(),
                plain.activations(),
                plain.recipe(),
                plain.learningRates(),
                plain.arms(),
                plain.comparisons(),
                plain.probes(),
                plain.measureTestEachEpoch(),
                plain.preciseStatistics(),
                plain.stoppingRule(),
                plain.protocol());
        return Fixture.campaign(other, t -> t);
    }

    @Test
    void aCampaignWithoutCbnTestsNothing() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.remove("cbn");
        Findings findings =
                Findings.of(Fixture.campaign(Fixture.experiment(arms, List.of()), t -> t), Fixture.claims());
        assertThat(findings.verdicts()).allMatch(v -> v.standing() == Standing.NOT_TESTED);
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
