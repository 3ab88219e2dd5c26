package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import normlab.json.Json;
import normlab.json.Range;
import normlab.json.Ranges;
import normlab.registration.Protocol;

/**
 * A resolved experiment: every value explicit. Its trials are networks × learning rates × activations × arms × seeds.
 *
 * @param networks names that the learning module knows, at least one
 * @param learningRates peak rates at which every arm is trained; none: the recipe's one, or the arm's own
 * @param arms by name; the name is part of tables, tags and labels
 * @param probes of every trial; absent: none
 * @param measureTestEachEpoch whether the test set is looked at after each epoch, to show by how much choosing the best
 *     epoch on it would flatter a method. Nothing is chosen by it; the result remains that of the last epoch
 * @param preciseStatistics a second evaluation of every trial; absent: none
 * @param stoppingRule by which a run adds seeds; absent: those that the arms name and no more
 * @param protocol what is asked and expected, for a registration; absent: it cannot be registered
 */
public record Experiment(
        String name,
        String description,
        DatasetSpec dataset,
        List<String> networks,
        List<Activation> activations,
        Recipe recipe,
        @Range(above = 0) List<Double> learningRates,
        Map<String, Arm> arms,
        List<Comparison> comparisons,
        Optional<Probes> probes,
        boolean measureTestEachEpoch,
        Optional<PreciseStatistics> preciseStatistics,
        Optional<StoppingRule> stoppingRule,
        Optional<Protocol> protocol) {
    public Experiment {
        check(name.matches("[a-z0-9][a-z0-9-]*"), "name is '%s', expected lower-case letters, digits and -", name);
        check(!networks.isEmpty(), "networks is empty, expected at least one");
        check(!activations.isEmpty(), "activations is empty, expected at least one");
        check(!arms.isEmpty(), "arms is empty, expected at least one");
        for (Comparison c : comparisons) {
            known(arms, "comparisons", c.treatment());
            known(arms, "comparisons", c.baseline());
            checkHeads(arms, c);
        }
        if (stoppingRule.isPresent()) {
            StoppingRule rule = stoppingRule.get();
            known(arms, "stoppingRule", rule.treatment());
            known(arms, "stoppingRule", rule.baseline());
            int shared = shared(arms, rule).size();
            check(
                    shared <= rule.mostSeeds(),
                    "stoppingRule.mostSeeds is %s, expected at least the %s seeds that %s and %s already share",
                    rule.mostSeeds(),
                    shared,
                    rule.treatment(),
                    rule.baseline());
        }
        check(distinct(networks), "networks %s names one twice", networks);
        check(distinct(activations), "activations %s names one twice", activations);
        check(distinct(learningRates), "learningRates %s names one twice", learningRates);
        Ranges.check(Experiment.class, learningRates);
        Set<List<Object>> methods = new HashSet<>();
        for (Map.Entry<String, Arm> e : arms.entrySet()) {
            Arm arm = e.getValue();
            check(
                    learningRates.isEmpty() || arm.learningRate().isEmpty(),
                    "arms.%s.learningRate has no meaning beside learningRates, at each of which every arm is trained; set it to null",
                    e.getKey());
            // Two names for one training would be one trial twice, and two slots would write it side by side.
            check(
                    methods.add(List.of(
                            arm.normalization(),
                            arm.head(),
                            arm.resolvedHead(),
                            arm.centredActivation(),
                            arm.learningRate().orElse(recipe.learningRate()))),
                    "arms: '%s' trains exactly what another arm trains; drop one",
                    e.getKey());
        }
        networks = List.copyOf(networks);
        activations = List.copyOf(activations);
        learningRates = List.copyOf(learningRates);
        arms = Map.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    private static void known(Map<String, Arm> arms, String place, String arm) {
        check(arms.containsKey(arm), "%s names the arm '%s', known are %s", place, arm, arms.keySet());
    }

    private static void checkHeads(Map<String, Arm> arms, Comparison claim) {
        Arm treatment = arm(arms, claim.treatment());
        Arm baseline = arm(arms, claim.baseline());
        check(
                !claim.sameHead().orElse(false) || treatment.hasHeadOf(baseline),
                "comparisons: %s − %s claims the same head, found %s and %s; give both arms the same head and headNormaliser, or drop sameHead",
                claim.treatment(),
                claim.baseline(),
                head(treatment),
                head(baseline));
    }

    private static String head(Arm arm) {
        return Json.tree(arm.head()).asText()
                + arm.resolvedHead().map(h -> " " + Json.write(h)).orElse("");
    }

    private static Arm arm(Map<String, Arm> arms, String name) {
        return Objects.requireNonNull(arms.get(name));
    }

    private static boolean distinct(List<?> values) {
        return new HashSet<>(values).size() == values.size();
    }

    /**
     * All trials, seeds outermost and arms innermost, so that an interrupted campaign has whole sets of pairs.
     */
    public List<ArmTrial> trials() {
        List<Long> seeds = arms.values().stream()
                .flatMap(a -> a.seeds().stream())
                .distinct()
                .sorted()
                .toList();
        List<ArmTrial> trials = new ArrayList<>();
        for (long seed : seeds) {
            for (String network : networks) {
                for (Activation activation : activations) {
                    arms.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .filter(e -> e.getValue().seeds().contains(seed))
                            .forEach(e -> trials.addAll(trials(network, activation, e.getKey(), e.getValue(), seed)));
                }
            }
        }
        return trials;
    }

    /** Seeds that the two arms of the stopping rule share; none without one. */
    public List<Long> sharedSeeds() {
        return stoppingRule.map(rule -> shared(arms, rule)).orElse(List.of());
    }

    private static List<Long> shared(Map<String, Arm> arms, StoppingRule rule) {
        List<Long> others = arm(arms, rule.baseline()).seeds();
        return arm(arms, rule.treatment()).seeds().stream()
                .filter(others::contains)
                .toList();
    }

    /**
     * The same experiment with further seeds for the two arms of its stopping rule; the trials that it had keep their
     * keys.
     *
     * @param count of the seeds that both share afterwards
     * @throws java.util.NoSuchElementException if there is no stopping rule
     */
    public Experiment withSharedSeeds(int count) {
        StoppingRule rule = stoppingRule.orElseThrow();
        Arm treatment = arm(arms, rule.treatment());
        Arm baseline = arm(arms, rule.baseline());
        long next = Stream.concat(treatment.seeds().stream(), baseline.seeds().stream())
                        .max(Comparator.naturalOrder())
                        .orElseThrow()
                + 1;
        List<Long> further = LongStream.range(next, next + count - sharedSeeds().size())
                .boxed()
                .toList();
        Map<String, Arm> more = new HashMap<>(arms);
        more.put(rule.treatment(), treatment.withFurther(further));
        more.put(rule.baseline(), baseline.withFurther(further));
        return new Experiment(
                name,
                description,
                dataset,
                networks,
                activations,
                recipe,
                learningRates,
                more,
                comparisons,
                probes,
                measureTestEachEpoch,
                preciseStatistics,
                stoppingRule,
                protocol);
    }

    private List<ArmTrial> trials(String network, Activation activation, String name, Arm arm, long seed) {
        List<Double> rates =
                learningRates.isEmpty() ? List.of(arm.learningRate().orElse(recipe.learningRate())) : learningRates;
        return rates.stream()
                .map(rate -> new TrialSpec(
                        dataset,
                        network,
                        activation,
                        arm.normalization(),
                        arm.head(),
                        recipe.withLearningRate(rate),
                        seed,
                        probes,
                        measureTestEachEpoch,
                        preciseStatistics,
                        arm.resolvedHead(),
                        arm.centredActivation()))
                .map(spec -> new ArmTrial(name, label(name, spec), spec))
                .toList();
    }

    private String label(String arm, TrialSpec spec) {
        String cell = "%s-%s".formatted(spec.activation().word(), arm);
        String network = networks.size() > 1 ? spec.network() + "-" : "";
        String rate = learningRates.isEmpty() ? "" : "-lr" + spec.recipe().learningRate();
        return network + cell + rate + ArmTrial.SEED + spec.seed();
    }
}
