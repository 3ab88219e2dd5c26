package normlab.report.figure;

import java.util.Optional;
import normlab.report.campaign.Campaign;
import normlab.report.campaign.TrialOutcome;

/** What guessing scores. */
final class Chance {
    private Chance() {}

    /** 100 / classes, in percent; 0 if no trial has a result. */
    static double percent(Campaign campaign) {
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
