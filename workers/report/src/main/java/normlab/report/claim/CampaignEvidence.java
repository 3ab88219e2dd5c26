package normlab.report.claim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Chance;
import normlab.report.analysis.Quantity;
import normlab.report.stats.Sample;

/** The evidence of a campaign, or of several that differ in network or dataset. */
final class CampaignEvidence implements Evidence {
    private final List<Analysis> analyses;

    /** @param analyses one per network, and per dataset of several campaigns */
    CampaignEvidence(List<Analysis> analyses) {
        this.analyses = List.copyOf(analyses);
    }

    @Override
    public List<String> networks() {
        return analyses.stream().map(this::name).toList();
    }

    @Override
    public Optional<Values> values(String network, Role role, Activation activation, Quantity quantity) {
        Analysis analysis = of(network);
        return role.arm(analysis)
                .map(arm -> analysis.cell(activation, arm))
                .filter(cell -> !cell.trials().isEmpty())
                .map(cell -> values(cell, quantity));
    }

    private static Values values(Cell cell, Quantity quantity) {
        TreeSet<Long> diverged = new TreeSet<>();
        Map<Long, List<String>> keys = new HashMap<>();
        for (long seed : cell.seeds()) {
            keys.put(seed, cell.keys(seed));
            if (cell.diverged(seed)) {
                diverged.add(seed);
            }
        }
        return new Values(cell.values(quantity), diverged, Chance.left(cell), keys);
    }

    @Override
    public OptionalDouble best(String network, Quantity quantity) {
        Analysis analysis = of(network);
        return analysis.activations().stream()
                .flatMap(a -> analysis.arms().stream().map(arm -> analysis.cell(a, arm)))
                .flatMap(cell -> cell.sample(quantity).stream())
                .mapToDouble(Sample::mean)
                .max();
    }

    private Analysis of(String network) {
        return analyses.stream()
                .filter(a -> name(a).equals(network))
                .findFirst()
                .orElseThrow();
    }

    private String name(Analysis analysis) {
        String network = analysis.setting().network();
        return analyses.stream().map(CampaignEvidence::dataset).distinct().count() > 1
                ? network + " on " + dataset(analysis)
                : network;
    }

    private static String dataset(Analysis analysis) {
        return analysis.campaign().experiment().dataset().name();
    }
}
