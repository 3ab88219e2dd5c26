package normlab.report.analysis;

import java.util.Optional;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;

/** The accuracy of guessing. */
public final class Chance {
    /** A trial that scores at most this many times chance has not learnt, and axes need not reach down to it. */
    public static final double LEFT = 1.5;

    private Chance() {}

    /** Whether a cell has learnt: no trial diverged, and their mean accuracy left chance. */
    public static boolean left(CampaignResults campaign, Cell cell) {
        double least = LEFT * percent(campaign);
        return cell.diverged() == 0
                && cell.sample(Measure.ACCURACY).filter(s -> s.mean() > least).isPresent();
    }

    /** 100 / classes, in percent; 0 if no trial has a result. */
    public static double percent(CampaignResults campaign) {
        return campaign.trials().stream()
                .map(TrialOutcome::result)
                .flatMap(Optional::stream)
                .mapToInt(r -> r.test().perClass().size())
                .filter(classes -> classes > 0)
                .mapToDouble(classes -> 100.0 / classes)
                .findFirst()
                .orElse(0);
    }
}
