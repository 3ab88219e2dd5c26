package normlab.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.experiment.Activation;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;

/** The same search for every arm: each activation and arm gets the peak rate that is best on validation images. */
final class LearningRates {
    private LearningRates() {}

    /** The trials at the best rates. The test set is not used; of tied rates the smaller one is taken. */
    static List<TrialOutcome> best(CampaignResults campaign, List<TrialOutcome> trials) {
        List<TrialOutcome> best = new ArrayList<>();
        for (Activation activation : campaign.experiment().activations()) {
            for (String arm : campaign.experiment().arms().keySet()) {
                TreeMap<Double, List<TrialOutcome>> byRate = trials.stream()
                        .filter(t -> t.spec().activation() == activation
                                && t.planned().arm().equals(arm))
                        .collect(Collectors.groupingBy(
                                t -> t.spec().recipe().learningRate(), TreeMap::new, Collectors.toList()));
                byRate.entrySet().stream()
                        .max(Comparator.comparingDouble(
                                        (Map.Entry<Double, List<TrialOutcome>> e) -> validation(e.getValue()))
                                .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                        .ifPresent(e -> best.addAll(e.getValue()));
            }
        }
        return best;
    }

    /** Mean last-epoch validation accuracy; a trial that diverged or failed counts as not having learnt. */
    private static double validation(List<TrialOutcome> trials) {
        return trials.stream().mapToDouble(LearningRates::validation).average().orElse(0);
    }

    private static double validation(TrialOutcome trial) {
        if (trial.diverged() || trial.failed() || trial.journal().isEmpty()) {
            return 0;
        }
        double accuracy = trial.journal().getLast().validationAccuracy();
        return Double.isFinite(accuracy) ? accuracy : 0;
    }
}
