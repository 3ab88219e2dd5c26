package normlab.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import normlab.experiment.Arm;
import normlab.report.Fixture;
import normlab.report.campaign.CampaignResults;
import normlab.report.page.Page;
import normlab.report.text.DifferenceLines;
import org.junit.jupiter.api.Test;

class CampaignDifferenceTest {
    private static final CampaignResults QUICK = Fixture.quick();

    @Test
    void aCampaignDoesNotDifferFromItself() {
        CampaignDifference same = CampaignDifference.of(QUICK, QUICK);
        assertThat(same.summary())
                .contains("Both have the same specification.", "Both ran in the same environment.")
                .anyMatch(s -> s.contains("Both have models of 70 trials, 70 with the same bytes"));
        assertThat(same.tables())
                .extracting(CampaignDifference.Table::caption)
                .containsExactly("Results, second minus first");
        assertThat(same.tables().getFirst().rows()).allMatch(r -> r.get(4).startsWith("0.00"));
    }

    @Test
    void specificationsAreComparedByKeyAndSharedSeedsArePaired() {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        Arm bn = Objects.requireNonNull(arms.get("bn"));
        arms.put("bn", new Arm(bn.title(), bn.normalization(), bn.head(), Optional.of(0.1), List.of(3L, 4L)));
        arms.remove("none");
        CampaignResults other = Fixture.campaign(Fixture.experiment(arms, Fixture.comparisons()), t -> t);
        CampaignDifference difference = CampaignDifference.of(QUICK, other);
        assertThat(difference.tables().getFirst().rows())
                .contains(List.of("arms.bn.learningRate", "–", "0.1"))
                .anyMatch(r -> r.getFirst().startsWith("arms.none."));
        assertThat(difference.tables().getLast().rows())
                .anyMatch(r ->
                        r.getFirst().startsWith("Tanh, bn, ") && r.getLast().equals("paired, n = 2"));
    }

    @Test
    void bothFormsAgreeAndSayThatCbnIsAReconstruction() {
        CampaignDifference difference = CampaignDifference.of(QUICK, QUICK);
        String terminal = DifferenceLines.of(difference);
        String page = Page.of(difference);
        assertThat(terminal.chars().allMatch(c -> c < 128)).isTrue();
        assertThat(terminal).contains("Both have the same specification.").contains("paired, n = 5");
        assertThat(page)
                .contains("Both have the same specification.")
                .contains("paired, n = 5")
                .contains("our reconstruction");
    }
}
