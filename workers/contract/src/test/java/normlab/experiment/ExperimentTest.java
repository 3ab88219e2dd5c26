package normlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.json.Json;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    static final Recipe RECIPE = new Recipe(0.1, 0.9, 5e-4, 64, 4, 80);

    @Test
    void trialsAreActivationsTimesArmsTimesSeeds() {
        assertThat(experiment(Map.of("bn", arm(Optional.empty()), "slow", arm(Optional.of(0.03))))
                        .trials())
                .extracting(ArmTrial::label)
                .containsExactly("relu-bn-s1", "relu-slow-s1", "relu-bn-s2", "relu-slow-s2");
    }

    @Test
    void twoArmsThatTrainTheSameAreRefused() {
        assertThatThrownBy(() -> experiment(Map.of("bn", arm(Optional.empty()), "copy", arm(Optional.of(0.1)))))
                .hasMessageContaining("trains exactly what another arm trains");
    }

    @Test
    void aComparisonThatClaimsTheSameHeadIsRefusedIfPlaceKindOrConstantDiffer() {
        Normalization cbn = new Normalization.CompleteBatchNorm(Math.sqrt(0.5), 1e-5, 0.1);
        Arm treatment = new Arm("CBN", cbn, Head.POST_GAP, Optional.empty(), List.of(1L));
        assertThat(compared(treatment, control(Head.POST_GAP, Optional.empty())).comparisons())
                .hasSize(1);
        assertThatThrownBy(() -> compared(treatment, control(Head.PRE_GAP, Optional.empty())))
                .hasMessageContaining("cbn − bn claims the same head")
                .hasMessageContaining("pre-gap");
        HeadNormaliser one = new HeadNormaliser(HeadNormaliser.Kind.STANDARDISE, 1);
        assertThatThrownBy(() -> compared(treatment, control(Head.POST_GAP, Optional.of(one))))
                .hasMessageContaining("\"c\":1.0");
        HeadNormaliser bounded = new HeadNormaliser(HeadNormaliser.Kind.BOUNDED, Math.sqrt(0.5));
        assertThatThrownBy(() -> compared(treatment, control(Head.POST_GAP, Optional.of(bounded))))
                .hasMessageContaining("bounded");
    }

    private static Arm control(Head head, Optional<HeadNormaliser> normaliser) {
        Normalization bn = new Normalization.BatchNorm(1e-5, 0.1);
        return new Arm("BN", bn, head, normaliser, Optional.empty(), Optional.empty(), List.of(1L));
    }

    private static Experiment compared(Arm treatment, Arm baseline) {
        Experiment one = experiment(Map.of("cbn", treatment, "bn", baseline));
        return new Experiment(
                one.name(),
                one.description(),
                one.dataset(),
                one.networks(),
                one.activations(),
                one.recipe(),
                one.learningRates(),
                one.arms(),
                List.of(new Comparison("cbn", "bn", "", Optional.of(true))),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aTrialStatesItsHeadAndOneOfAnEarlierVersionKeepsItsBytes() {
        Map<String, Arm> arms = Map.of("bn", control(Head.POST_GAP, Optional.empty()));
        String now = Json.write(experiment(arms).trials().getFirst().spec());
        assertThat(now).contains("\"headNormaliser\":{\"c\":0.7071067811865476,\"kind\":\"standardise\"}");
        String before = now.replaceFirst("\"headNormaliser\":\\{[^}]*},", "");
        TrialSpec read = Json.read(before.getBytes(StandardCharsets.UTF_8), TrialSpec.class, "spec");
        assertThat(Json.write(read)).isEqualTo(before);
    }

    @Test
    void everyNetworkIsTrainedAtEveryLearningRateAndItsLabelSaysSo() {
        Map<String, Arm> arms = Map.of("bn", arm(Optional.empty()));
        List<ArmTrial> trials = experiment(List.of("plain-8", "plain-14"), List.of(0.03, 0.1), arms)
                .trials();
        assertThat(trials)
                .extracting(ArmTrial::label)
                .startsWith(
                        "plain-8-relu-bn-lr0.03-s1",
                        "plain-8-relu-bn-lr0.1-s1",
                        "plain-14-relu-bn-lr0.03-s1",
                        "plain-14-relu-bn-lr0.1-s1")
                .hasSize(8)
                .doesNotHaveDuplicates();
        assertThat(trials.getFirst().spec().network()).isEqualTo("plain-8");
        assertThat(trials.getFirst().spec().recipe().learningRate()).isEqualTo(0.03);
    }

    /** A trial without probes has no rows to serve; and adding the choice must not change the keys of those without. */
    @Test
    void aProbedTrialIsAnotherTrialThanTheSameOneWithoutProbes() {
        Experiment plain = experiment(Map.of("bn", arm(Optional.empty())));
        Probes probes = new Probes(
                List.of(0.0, 1.0),
                List.of(),
                false,
                Optional.of(new Probes.Gradient(8)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Experiment probed = new Experiment(
                plain.name(),
                plain.description(),
                plain.dataset(),
                plain.networks(),
                plain.activations(),
                plain.recipe(),
                plain.learningRates(),
                plain.arms(),
                plain.comparisons(),
                Optional.of(probes),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(Json.write(plain.trials().getFirst().spec())).doesNotContain("probes");
        assertThat(probed.trials().getFirst().spec())
                .isNotEqualTo(plain.trials().getFirst().spec());
        assertThat(Json.read(Json.bytes(probed), Experiment.class, "experiment"))
                .isEqualTo(probed);
    }

    @Test
    void probesThatAreNeverDueAreRefused() {
        assertThatThrownBy(() -> new Probes(
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("no moment");
    }

    @Test
    void anArmsOwnLearningRateBesideAnAxisOfThemIsRefused() {
        Map<String, Arm> arms = Map.of("slow", arm(Optional.of(0.03)));
        assertThatThrownBy(() -> experiment(List.of("plain-8"), List.of(0.1), arms))
                .hasMessageContaining("arms.slow.learningRate");
    }

    private static Experiment experiment(Map<String, Arm> arms) {
        return experiment(List.of("plain-8"), List.of(), arms);
    }

    private static Experiment experiment(List<String> networks, List<Double> learningRates, Map<String, Arm> arms) {
        DatasetSpec dataset = new DatasetSpec("tiny", 4, 2);
        return new Experiment(
                "e",
                "",
                dataset,
                networks,
                List.of(Activation.RELU),
                RECIPE,
                learningRates,
                arms,
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Arm arm(Optional<Double> learningRate) {
        return new Arm("BN", new Normalization.BatchNorm(1e-5, 0.1), Head.OFF, learningRate, List.of(1L, 2L));
    }
}
