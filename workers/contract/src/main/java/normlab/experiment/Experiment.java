package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A resolved experiment: every value explicit. Its trials are activations × arms × seeds.
 *
 * @param arms by name; the name is part of tables, tags and labels
 */
public record Experiment(
        String name,
        String description,
        DatasetSpec dataset,
        String network,
        List<Activation> activations,
        Recipe recipe,
        Map<String, Arm> arms,
        List<Comparison> comparisons) {
    public Experiment {
        check(name.matches("[a-z0-9][a-z0-9-]*"), "name is '%s', expected lower-case letters, digits and -", name);
        check(!activations.isEmpty(), "activations is empty, expected at least one");
        check(!arms.isEmpty(), "arms is empty, expected at least one");
        for (Comparison c : comparisons) {
            check(
                    arms.containsKey(c.treatment()),
                    "comparisons names the arm '%s', known are %s",
                    c.treatment(),
                    arms.keySet());
            check(
                    arms.containsKey(c.baseline()),
                    "comparisons names the arm '%s', known are %s",
                    c.baseline(),
                    arms.keySet());
        }
        check(new HashSet<>(activations).size() == activations.size(), "activations %s names one twice", activations);
        Set<List<Object>> methods = new HashSet<>();
        for (Map.Entry<String, Arm> e : arms.entrySet()) {
            Arm arm = e.getValue();
            // Two names for one training would be one trial twice, and two slots would write it side by side.
            check(
                    methods.add(List.of(
                            arm.normalization(), arm.head(), arm.learningRate().orElse(recipe.learningRate()))),
                    "arms: '%s' trains exactly what another arm trains; drop one",
                    e.getKey());
        }
        activations = List.copyOf(activations);
        arms = Map.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    /**
     * All trials, seeds outermost and activations next, so that an interrupted campaign has whole sets of pairs.
     */
    public List<ArmTrial> trials() {
        List<Long> seeds = arms.values().stream()
                .flatMap(a -> a.seeds().stream())
                .distinct()
                .sorted()
                .toList();
        List<ArmTrial> trials = new ArrayList<>();
        for (long seed : seeds) {
            for (Activation activation : activations) {
                arms.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .filter(e -> e.getValue().seeds().contains(seed))
                        .forEach(e -> trials.add(trial(activation, e.getKey(), e.getValue(), seed)));
            }
        }
        return trials;
    }

    private ArmTrial trial(Activation activation, String name, Arm arm, long seed) {
        Recipe trained = arm.learningRate().map(recipe::withLearningRate).orElse(recipe);
        return new ArmTrial(
                name, new TrialSpec(dataset, network, activation, arm.normalization(), arm.head(), trained, seed));
    }
}
