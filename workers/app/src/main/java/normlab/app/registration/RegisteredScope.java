package normlab.app.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.StoppingRule;
import normlab.json.Json;

/**
 * How an experiment relates to the registered one.
 *
 * @param whole whether it is the registered one, or that with seeds that its stopping rule has added
 * @param differences each by which it is not a part of the registered one, either
 */
record RegisteredScope(boolean whole, List<String> differences) {
    private static final int SHOWN = 5;

    /** Keys that {@code --only} and {@code --seeds} narrow. */
    private static final List<String> NARROWED = List.of("networks", "activations", "comparisons", "stoppingRule");

    static RegisteredScope of(Experiment registered, Experiment run) {
        boolean whole = withAddedSeeds(registered).anyMatch(run::equals);
        return new RegisteredScope(whole, whole ? List.of() : differences(registered, run));
    }

    private static Stream<Experiment> withAddedSeeds(Experiment registered) {
        int shared = registered.sharedSeeds().size();
        int most = registered.stoppingRule().map(StoppingRule::mostSeeds).orElse(shared);
        return Stream.concat(
                Stream.of(registered), IntStream.rangeClosed(shared + 1, most).mapToObj(registered::withSharedSeeds));
    }

    private static List<String> differences(Experiment registered, Experiment run) {
        List<String> found = new ArrayList<>(keys(registered, run));
        List<ArmTrial> known = Registrations.mostTrials(registered);
        List<String> others = run.trials().stream()
                .filter(trial -> known.stream().noneMatch(k -> isSame(k, trial)))
                .map(ArmTrial::label)
                .toList();
        if (!others.isEmpty() && found.isEmpty()) {
            found.add("not registered: " + shortened(others));
        }
        run.comparisons().stream()
                .filter(c -> !registered.comparisons().contains(c))
                .forEach(c ->
                        found.add("comparison %s − %s is not as registered".formatted(c.treatment(), c.baseline())));
        run.stoppingRule()
                .filter(rule -> !registered.stoppingRule().equals(run.stoppingRule()))
                .ifPresent(rule -> found.add("stoppingRule is not as registered"));
        return found;
    }

    /** The label is left out: where several networks become one, it is shorter. */
    private static boolean isSame(ArmTrial known, ArmTrial trial) {
        return known.arm().equals(trial.arm()) && known.spec().equals(trial.spec());
    }

    /** {@code recipe.epochs is 8, registered is 4}. */
    private static List<String> keys(Experiment registered, Experiment run) {
        Map<String, String> then = flat(registered, run.arms().keySet());
        Map<String, String> now = flat(run, run.arms().keySet());
        TreeSet<String> all = new TreeSet<>(then.keySet());
        all.addAll(now.keySet());
        return all.stream()
                .filter(key -> !Objects.equals(then.get(key), now.get(key)))
                .map(key -> "%s is %s, registered is %s"
                        .formatted(key, now.getOrDefault(key, "absent"), then.getOrDefault(key, "absent")))
                .toList();
    }

    private static Map<String, String> flat(Experiment experiment, Set<String> arms) {
        ObjectNode tree = (ObjectNode) Json.tree(experiment);
        tree.remove(NARROWED);
        ObjectNode kept = ((ObjectNode) tree.path("arms")).retain(arms);
        kept.forEach(arm -> ((ObjectNode) arm).remove("seeds"));
        return Json.flat(tree);
    }

    static String shortened(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, SHOWN)), names.size() - SHOWN);
    }
}
