package normlab.report.text;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow;

/** Every number that the probes measured, one per row: the data behind the probe figures. */
final class ProbeCsv {
    private ProbeCsv() {}

    /** Values of the whole network. */
    static byte[] totals(CampaignResults campaign) {
        return of(campaign, ProbeRow::totals);
    }

    /** Values of single layers. */
    static byte[] layers(CampaignResults campaign) {
        return of(campaign, row -> {
            Map<String, Double> numbers = row.numbers();
            numbers.keySet().removeAll(row.totals().keySet());
            return numbers;
        });
    }

    private static byte[] of(CampaignResults campaign, Function<ProbeRow, Map<String, Double>> numbers) {
        Csv csv = new Csv(
                "label", "network", "activation", "arm", "seed", "step", "epoch", "occasions", "quantity", "value");
        for (TrialOutcome trial : campaign.trials()) {
            for (ProbeRow row : trial.probes()) {
                String occasions = row.occasions().stream()
                        .map(o -> o.kind().name().toLowerCase(Locale.ROOT) + " " + o.value())
                        .collect(Collectors.joining("; "));
                numbers.apply(row)
                        .forEach((quantity, value) -> csv.row(
                                trial.planned().label(),
                                trial.spec().network(),
                                trial.spec().activation().title(),
                                trial.planned().arm(),
                                trial.spec().seed(),
                                row.step(),
                                row.epoch(),
                                occasions,
                                quantity,
                                value));
            }
        }
        return csv.bytes();
    }
}
