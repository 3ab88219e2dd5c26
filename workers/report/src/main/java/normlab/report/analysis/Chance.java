package normlab.report.analysis;

import java.util.Optional;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.TrialResult;

/** The accuracy of guessing. */
public final class Chance {
    /** A trial that scores at most this many times chance has not learnt, and axes need not reach down to it. */
    public static final double LEFT = 1.5;

    private Chance() {}

    /** Whether a cell has learnt: it has results, and none of them is dead. */
    public static boolean left(Cell cell) {
        return cell.trials().stream().anyMatch(t -> !t.failed())
                && cell.trials().stream().flatMap(t -> t.result().stream()).noneMatch(TrialResult::isDead);
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
