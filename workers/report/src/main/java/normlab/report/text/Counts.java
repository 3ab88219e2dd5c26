package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;

/** Counts of trials by how they ended. */
public final class Counts {
    private Counts() {}

    /** {@code 70 trials: 68 completed, 1 diverged, 1 failed; 12 from the cache}. */
    public static String of(CampaignResults campaign) {
        long diverged =
                campaign.trials().stream().filter(TrialOutcome::diverged).count();
        long failed = campaign.trials().stream().filter(TrialOutcome::failed).count();
        long completed = campaign.trials().size() - diverged - failed;
        List<String> parts = new ArrayList<>(List.of(Numbers.count(completed) + " completed"));
        if (diverged > 0) {
            parts.add(Numbers.count(diverged) + " diverged");
        }
        if (failed > 0) {
            parts.add(Numbers.count(failed) + " failed");
        }
        String cached = campaign.cached() > 0 ? "; " + Numbers.count(campaign.cached()) + " from the cache" : "";
        return "%s: %s%s".formatted(Numbers.count(campaign.trials().size(), "trial"), String.join(", ", parts), cached);
    }
}
