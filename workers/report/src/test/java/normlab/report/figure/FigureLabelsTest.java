package normlab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.experiment.Arm;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.report.Fixture;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class FigureLabelsTest {
    private static final String LONG =
            "batch normalization with a normalised head after the global average pool, as the control of the reading";

    @Test
    void noLabelIsCutInAnyFigure() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.computeIfPresent(
                "bn-post", (n, a) -> new Arm(LONG, a.normalization(), a.head(), a.learningRate(), a.seeds()));
        Findings findings = Findings.of(
                Fixture.campaign(Fixture.experiment(arms, Fixture.comparisons()), t -> t), Fixture.claims());
        for (Figure figure : Figures.of(findings)) {
            assertThat(figure.svg()).as(figure.name()).doesNotContain("…");
            // These two do not name the control.
            if (!List.of("timeline", "readings").contains(figure.name())) {
                String words = figure.svg().replaceAll("<desc.*?</desc>", "").replaceAll("<[^>]*>", " ");
                assertThat(List.of(words.split("\\s+"))).as(figure.name()).contains(LONG.split(" "));
            }
        }
    }

    @Test
    void aWordWiderThanTheRoomContinuesOnTheNextLine() {
        WrappedText wrapped = WrappedText.of("m".repeat(100) + " end", 120);
        assertThat(String.join("", wrapped.lines())).isEqualTo("m".repeat(100) + "end");
        assertThat(wrapped.width()).isLessThanOrEqualTo(120);
    }

    @Test
    void anArmLooksTheSameWhateverElseACampaignHas() {
        Map<String, Arm> arms = Fixture.arms();
        Arm cbn = arm(arms, "cbn");
        Arm renamed = new Arm("Another", cbn.normalization(), cbn.head(), Optional.of(0.01), List.of(7L));
        assertThat(Palette.hex(renamed)).isEqualTo(Palette.hex(cbn)).isEqualTo("#d55e00");
        Arm bn = arm(arms, "bn");
        Arm control = arm(arms, "bn-post");
        assertThat(Palette.hex(control)).isEqualTo(Palette.hex(bn)).isEqualTo("#0072b2");
        assertThat(Style.of(control).marker()).isNotEqualTo(Style.of(bn).marker());
        Normalization half = new Normalization.CompleteBatchNorm(0.5, 1e-5, 0.1);
        assertThat(Palette.hex(new Arm("Half", half, Head.PRE_GAP, Optional.empty(), List.of(1L))))
                .isNotEqualTo(Palette.hex(cbn));
    }

    private static Arm arm(Map<String, Arm> arms, String name) {
        return Optional.ofNullable(arms.get(name)).orElseThrow();
    }
}
