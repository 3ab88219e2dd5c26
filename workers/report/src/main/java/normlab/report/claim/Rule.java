package normlab.report.claim;

import static normlab.json.Checks.check;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.experiment.Activation;
import normlab.report.analysis.Measure;

/**
 * How a claim is read from results. Each rule makes parts, one an activation and network (and measure), and a
 * {@link Threshold} says how many decide. A part is for or against a claim only if its 95 % interval lies wholly on that
 * side and Holm's correction over the parts of the claim holds at 5 %.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Difference.class, name = "difference"),
    @JsonSubTypes.Type(value = Rule.Equivalence.class, name = "equivalence"),
    @JsonSubTypes.Type(value = Rule.Signs.class, name = "signs"),
    @JsonSubTypes.Type(value = Rule.NeedsProbes.class, name = "needs-probes")
})
public sealed interface Rule {
    /**
     * Treatment minus baseline, paired by seed, lies on the better side of a threshold.
     *
     * @param beyond by activation, by how much the treatment is claimed to be better, in the measure's unit
     * @param tie if given, a part also says whether both are shown to be level within ± this
     * @param seeds below so many pairs a part stays open
     */
    record Difference(
            Measure measure,
            Role treatment,
            Role baseline,
            Map<Activation, Double> beyond,
            Optional<Double> tie,
            int seeds,
            Threshold threshold)
            implements Rule {
        public Difference {
            check(!beyond.isEmpty(), "beyond is empty, expected at least one activation");
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            beyond = new TreeMap<>(beyond);
        }
    }

    /**
     * Treatment under an activation is level with the baseline under another, paired by seed.
     *
     * @param reference activation of the baseline
     * @param margin what counts as level, in the measure's unit
     * @param seeds below so many pairs a part stays open
     */
    record Equivalence(
            Measure measure,
            Role treatment,
            Role baseline,
            Activation reference,
            List<Activation> activations,
            double margin,
            int seeds,
            Threshold threshold)
            implements Rule {
        public Equivalence {
            check(!activations.isEmpty(), "activations is empty, expected at least one");
            check(margin > 0, "margin is %s, expected more than 0", margin);
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            activations = List.copyOf(activations);
        }
    }

    /**
     * The mean differences on one dataset have the claimed sign: descriptive, where seeds are too dear for a test.
     *
     * @param dataset name of the manifest; on any other the claim is not tested
     */
    record Signs(
            String dataset,
            List<Measure> measures,
            Role treatment,
            Role baseline,
            List<Activation> activations,
            Threshold threshold)
            implements Rule {
        public Signs {
            check(!measures.isEmpty(), "measures is empty, expected at least one");
            check(!activations.isEmpty(), "activations is empty, expected at least one");
            measures = List.copyOf(measures);
            activations = List.copyOf(activations);
        }
    }

    /**
     * Cannot be read from accuracies and losses.
     *
     * @param what must be measured
     */
    record NeedsProbes(String what) implements Rule {}
}
