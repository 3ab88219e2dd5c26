package normlab.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;

/** Narrows an experiment to a part of its trials. */
final class ExperimentFilter {
    /** More would only keep the planner and the engine busy: a t-interval over a thousand seeds is as narrow as it gets. */
    private static final int MOST_SEEDS = 1_000;

    private static final List<String> AXES = List.of("activation", "arm", "network", "seed");

    private final ObjectNode experiment;

    ExperimentFilter(Experiment experiment) {
        this.experiment = (ObjectNode) Json.tree(experiment);
    }

    Experiment experiment() {
        return StrictBinding.bind(
                experiment,
                Experiment.class,
                "experiment " + experiment.path("name").asText());
    }

    /** @param text {@code 5} for the seeds 1 to 5, or a list of seeds */
    void seeds(String text) {
        if (!text.matches("[0-9]{1,9}(,[0-9]{1,9})*") || text.matches("0+")) {
            throw new InvalidInputException(
                    "--seeds " + text, "is not valid; expected a number of seeds such as 5, or a list such as 1,2,7");
        }
        boolean listed = text.contains(",");
        long count = listed ? text.split(",").length : Long.parseLong(text);
        if (count > MOST_SEEDS) {
            throw new InvalidInputException(
                    "--seeds " + text, "are %,d seeds, expected at most %,d".formatted(count, MOST_SEEDS));
        }
        List<Long> seeds = listed
                ? List.of(text.split(",")).stream().map(Long::valueOf).toList()
                : LongStream.rangeClosed(1, Long.parseLong(text)).boxed().toList();
        for (JsonNode arm : experiment.path("arms")) {
            ArrayNode list = ((ObjectNode) arm).putArray("seeds");
            seeds.forEach(list::add);
        }
    }

    /** @param filter {@code activation=sigmoid,tanh} */
    void keep(String filter) {
        String subject = "--only " + filter;
        int equals = filter.indexOf('=');
        String axis = equals < 0 ? filter : filter.substring(0, equals);
        if (equals < 0 || !AXES.contains(axis)) {
            throw new InvalidInputException(
                    subject,
                    "is not axis=values, expected for example activation=sigmoid,tanh"
                            + StrictBinding.suggestion(axis, AXES));
        }
        List<String> values = List.of(filter.substring(equals + 1).split(",", -1));
        refuseUnknown(subject, values, known(axis));
        switch (axis) {
            case "activation" -> retain((ArrayNode) experiment.path("activations"), values);
            case "network" -> retain((ArrayNode) experiment.path("networks"), values);
            case "seed" -> experiment.path("arms").forEach(arm -> retain((ArrayNode) arm.path("seeds"), values));
            default -> retainArms((name, arm) -> values.contains(name));
        }
        retainArms((name, arm) -> !arm.path("seeds").isEmpty());
        if (experiment.path("arms").isEmpty()) {
            throw new InvalidInputException(subject, "matches no trial; ./normlab plan lists the trials");
        }
    }

    private static void refuseUnknown(String subject, List<String> values, List<String> known) {
        List<String> problems = values.stream()
                .filter(v -> !known.contains(v))
                .map(v -> "'%s' is not in the experiment%s".formatted(v, StrictBinding.suggestion(v, known)))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(subject, problems);
        }
    }

    private List<String> known(String axis) {
        List<String> known = new ArrayList<>();
        switch (axis) {
            case "activation" -> experiment.path("activations").forEach(v -> known.add(v.asText()));
            case "network" -> experiment.path("networks").forEach(v -> known.add(v.asText()));
            case "seed" ->
                experiment.path("arms").forEach(arm -> arm.path("seeds").forEach(v -> known.add(v.asText())));
            default -> experiment.path("arms").fieldNames().forEachRemaining(known::add);
        }
        return known.stream().distinct().toList();
    }

    private static void retain(ArrayNode values, List<String> wanted) {
        for (int i = values.size() - 1; i >= 0; i--) {
            if (!wanted.contains(values.get(i).asText())) {
                values.remove(i);
            }
        }
    }

    /** Drops arms, and the comparisons and the stopping rule that name them. */
    private void retainArms(BiPredicate<String, JsonNode> wanted) {
        ObjectNode arms = (ObjectNode) experiment.path("arms");
        List<String> dropped = arms.properties().stream()
                .filter(e -> !wanted.test(e.getKey(), e.getValue()))
                .map(e -> e.getKey())
                .toList();
        arms.remove(dropped);
        ArrayNode comparisons = (ArrayNode) experiment.path("comparisons");
        for (int i = comparisons.size() - 1; i >= 0; i--) {
            if (!hasBoth(arms, comparisons.get(i))) {
                comparisons.remove(i);
            }
        }
        if (!hasBoth(arms, experiment.path("stoppingRule"))) {
            experiment.remove("stoppingRule");
        }
    }

    private static boolean hasBoth(JsonNode arms, JsonNode pair) {
        return arms.has(pair.path("treatment").asText())
                && arms.has(pair.path("baseline").asText());
    }
}
