package normlab.report.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import normlab.json.Json;
import normlab.report.analysis.Provenance;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;

/**
 * Two campaigns compared: specification, environment and results.
 *
 * @param first id of the first campaign
 * @param second id of the second
 * @param summary in sentences
 * @param tables specification, environment and results; a table without rows is left out
 */
public record CampaignDifference(String first, String second, List<String> summary, List<Table> tables) {
    private static final String ABSENT = "–";

    public CampaignDifference {
        summary = List.copyOf(summary);
        tables = List.copyOf(tables);
    }

    /** @param caption one line */
    public record Table(String caption, List<String> head, List<List<String>> rows) {
        public Table {
            head = List.copyOf(head);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    public static CampaignDifference of(CampaignResults first, CampaignResults second) {
        List<List<String>> specification = specification(first, second);
        List<List<String>> environment = environment(first, second);
        List<List<String>> results = new ResultDifference(first, second).rows();
        List<Table> tables = new ArrayList<>();
        add(tables, "Specification", List.of("Key", "First", "Second"), specification);
        add(tables, "Environment", List.of("Fact", "First", "Second"), environment);
        add(tables, "Results, second minus first", ResultDifference.HEAD, results);
        return new CampaignDifference(
                first.record().id(),
                second.record().id(),
                List.of(
                        specification.isEmpty()
                                ? "Both have the same specification."
                                : "The specifications differ in %s."
                                        .formatted(Numbers.count(specification.size(), "key")),
                        environment.isEmpty()
                                ? "Both ran in the same environment."
                                : "The environments differ in %s.".formatted(Numbers.count(environment.size(), "fact")),
                        models(first, second)),
                tables);
    }

    private static void add(List<Table> tables, String caption, List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            tables.add(new Table(caption, head, rows));
        }
    }

    private static List<List<String>> specification(CampaignResults first, CampaignResults second) {
        Map<String, String> a = Json.flat(first.experiment());
        Map<String, String> b = Json.flat(second.experiment());
        return differing(a, b);
    }

    private static List<List<String>> environment(CampaignResults first, CampaignResults second) {
        return differing(facts(first), facts(second));
    }

    private static Map<String, String> facts(CampaignResults campaign) {
        Map<String, String> facts = new TreeMap<>();
        Provenance.of(campaign).forEach(f -> facts.put(f.name(), String.join("; ", f.values())));
        return facts;
    }

    private static List<List<String>> differing(Map<String, String> first, Map<String, String> second) {
        TreeSet<String> names = new TreeSet<>(first.keySet());
        names.addAll(second.keySet());
        return names.stream()
                .filter(n -> !Objects.equals(first.get(n), second.get(n)))
                .map(n -> List.of(n, first.getOrDefault(n, ABSENT), second.getOrDefault(n, ABSENT)))
                .toList();
    }

    private static String models(CampaignResults first, CampaignResults second) {
        Map<String, String> a = models(first);
        Map<String, String> b = models(second);
        List<String> common = a.keySet().stream().filter(b::containsKey).toList();
        long equal =
                common.stream().filter(l -> Objects.equals(a.get(l), b.get(l))).count();
        return "Both have models of %s, %s with the same bytes; %d only in the first, %d only in the second."
                .formatted(
                        Numbers.count(common.size(), "trial"),
                        Numbers.count(equal),
                        a.size() - common.size(),
                        b.size() - common.size());
    }

    /** SHA-256 of models, by label. */
    private static Map<String, String> models(CampaignResults campaign) {
        Map<String, String> models = new TreeMap<>();
        for (TrialOutcome trial : campaign.trials()) {
            trial.result()
                    .ifPresent(r ->
                            models.put(trial.planned().label(), r.training().modelSha256()));
        }
        return models;
    }
}
