package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;
import normlab.trial.TrialResult;

/** The code, data, libraries and machines behind the results. A fact that differs between trials has several values. */
public final class Provenance {
    private Provenance() {}

    /**
     * @param name the name of the fact
     * @param values the distinct values, usually one
     */
    public record Fact(String name, List<String> values) {
        public Fact {
            values = List.copyOf(values);
        }
    }

    public static List<Fact> of(CampaignResults campaign) {
        List<TrialResult> results = campaign.trials().stream()
                .map(TrialOutcome::result)
                .flatMap(Optional::stream)
                .toList();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Code version of this campaign", List.of(campaign.record().code())));
        facts.addAll(stack(results));
        facts.addAll(machine(results));
        return facts;
    }

    private static List<Fact> stack(List<TrialResult> results) {
        Function<TrialResult, TrainingStack> stack = r -> r.identity().stack();
        return List.of(
                fact("Source digest", results, r -> stack.apply(r).sourceDigest()),
                fact("Dataset fingerprint", results, r -> r.identity().datasetFingerprint()),
                fact("DJL", results, r -> stack.apply(r).djl()),
                fact("PyTorch", results, r -> stack.apply(r).pytorch()),
                fact("Device class", results, r -> stack.apply(r).deviceClass()),
                fact(
                        "Threads of a training process",
                        results,
                        r -> String.valueOf(stack.apply(r).threads())));
    }

    private static List<Fact> machine(List<TrialResult> results) {
        Function<TrialResult, Machine> machine = r -> r.training().machine();
        return List.of(
                fact("Processor", results, r -> machine.apply(r).processor()),
                fact("Cores", results, r -> String.valueOf(machine.apply(r).cores())),
                fact("Memory", results, r -> Numbers.count(machine.apply(r).memoryMiB()) + " MiB"),
                fact("Operating system", results, r -> machine.apply(r).os()),
                fact("JVM", results, r -> machine.apply(r).jvm()));
    }

    private static Fact fact(String name, List<TrialResult> results, Function<TrialResult, String> value) {
        return new Fact(name, results.stream().map(value).distinct().sorted().toList());
    }
}
