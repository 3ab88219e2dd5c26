package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Experiment;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;

/**
 * What all trials of one table share.
 *
 * @param learningRate the peak rate of every arm; absent if each arm and activation has its own
 * @param tuned whether these are the rates that were best on validation images
 */
public record Setting(String network, Optional<Double> learningRate, boolean tuned) {
    /** For each network, first the setting that claims are judged by, then one per rate if there are several. */
    static List<Analysis> analyses(CampaignResults campaign) {
        Experiment experiment = campaign.experiment();
        List<Analysis> analyses = new ArrayList<>();
        for (String network : experiment.networks()) {
            List<TrialOutcome> trials = campaign.trials().stream()
                    .filter(t -> t.spec().network().equals(network))
                    .toList();
            if (experiment.learningRates().size() > 1) {
                analyses.add(new Analysis(
                        campaign, new Setting(network, Optional.empty(), true), LearningRates.best(campaign, trials)));
                experiment.learningRates().forEach(rate -> analyses.add(at(campaign, network, rate, trials)));
            } else {
                Optional<Double> rate = experiment.learningRates().stream().findFirst();
                analyses.add(new Analysis(campaign, new Setting(network, rate, false), trials));
            }
        }
        return analyses;
    }

    private static Analysis at(CampaignResults campaign, String network, double rate, List<TrialOutcome> trials) {
        return new Analysis(
                campaign,
                new Setting(network, Optional.of(rate), false),
                trials.stream()
                        .filter(t -> t.spec().recipe().learningRate() == rate)
                        .toList());
    }

    /** {@code plain-8}, {@code plain-8, peak rate 0.1} or {@code plain-8, best rate by validation}. */
    public String title() {
        if (tuned) {
            return network + ", best rate by validation";
        }
        return network
                + learningRate.map(r -> ", peak rate " + Numbers.plain(r)).orElse("");
    }
}
