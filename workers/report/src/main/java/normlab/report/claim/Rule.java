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
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;

/**
 * How a claim is judged. Each rule makes parts, one per activation and network (and measure), and a {@link Threshold}
 * says how many decide. A part is for or against a claim only if its whole 95 % interval lies on that side and it
 * survives Holm's correction over the parts of the claim at 5 %. Rules that differ say so.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Difference.class, name = "difference"),
    @JsonSubTypes.Type(value = Rule.Equivalence.class, name = "equivalence"),
    @JsonSubTypes.Type(value = Rule.Signs.class, name = "signs"),
    @JsonSubTypes.Type(value = Rule.Ratios.class, name = "ratios"),
    @JsonSubTypes.Type(value = Rule.Degradation.class, name = "degradation"),
    @JsonSubTypes.Type(value = Rule.LogContext.class, name = "correlation"),
    @JsonSubTypes.Type(value = Rule.Dissociation.class, name = "dissociation")
})
public sealed interface Rule {
    /**
     * Treatment minus baseline, paired by seed, lies on the better side of a threshold.
     *
     * @param beyond by activation, by how much the treatment is claimed to be better, in the measure's unit
     * @param tie if given, a part also says whether both are shown to be equivalent within ± this value
     * @param seeds a part with fewer pairs stays open
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
     * The treatment under one activation is equivalent to the baseline under another, paired by seed.
     *
     * @param reference the activation of the baseline
     * @param margin the equivalence margin, in the measure's unit
     * @param seeds a part with fewer pairs stays open
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
     * The mean differences on one dataset have the claimed sign: descriptive, for when enough seeds for a test cost too
     * much.
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
     * The ratio of probed effects, treatment to baseline, paired by seed and averaged over training, lies below 1.
     *
     * @param seeds a part with fewer pairs stays open
     */
    record Ratios(
            List<ProbedEffect> effects,
            List<Scale> scales,
            Role treatment,
            List<Role> baselines,
            List<Activation> activations,
            int seeds,
            Threshold threshold)
            implements Rule {
        public Ratios {
            check(!effects.isEmpty() && !scales.isEmpty(), "effects or scales is empty, expected at least one of each");
            check(!baselines.isEmpty() && !activations.isEmpty(), "baselines or activations is empty");
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            effects = List.copyOf(effects);
            scales = List.copyOf(scales);
            baselines = List.copyOf(baselines);
            activations = List.copyOf(activations);
        }
    }

    /**
     * Under an activation the treatment does not have all effects, that is some ratio to the baseline lies above 1, and
     * its loss AUC is above that of the treatment under the reference. It speaks against an activation that all ratios
     * lie below 1, or that its loss AUC is below.
     *
     * @param seeds a part with fewer pairs stays open
     */
    record Degradation(
            List<ProbedEffect> effects,
            Role treatment,
            Role baseline,
            Activation reference,
            List<Activation> activations,
            int seeds,
            Threshold threshold)
            implements Rule {
        public Degradation {
            check(!effects.isEmpty(), "effects is empty, expected at least one");
            check(!activations.isEmpty(), "activations is empty, expected at least one");
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            effects = List.copyOf(effects);
            activations = List.copyOf(activations);
        }
    }

    /**
     * Over cells (network, activation and arm), a probed effect at the same training loss and the measure rise
     * together, by Spearman's rank correlation.
     *
     * @param seeds cells with fewer that reached the loss are left out
     * @param negligible a correlation whose whole interval is smaller than this in magnitude speaks against the claim,
     *     as does one whose interval lies below 0; both without Holm's correction
     */
    record LogContext(List<ProbedEffect> effects, Measure measure, double negligible, int seeds, Threshold threshold)
            implements Rule {
        public LogContext {
            check(!effects.isEmpty(), "effects is empty, expected at least one");
            check(negligible > 0 && negligible < 1, "negligible is %s, expected in (0, 1)", negligible);
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            effects = List.copyOf(effects);
        }
    }

    /**
     * There are pairs of cells of which one has the smaller estimates of all effects but the larger measure, each
     * difference shown by Welch's test at 5 % divided by the number of pairs. Cells that never left chance are left
     * out.
     *
     * @param cases this many pairs support the claim; no pair at all is evidence against it
     * @param seeds cells with fewer are left out
     */
    record Dissociation(List<ProbedEffect> effects, Measure measure, int cases, int seeds) implements Rule {
        public Dissociation {
            check(!effects.isEmpty(), "effects is empty, expected at least one");
            check(cases >= 1, "cases is %s, expected 1 or more", cases);
            check(seeds >= 2, "seeds is %s, expected 2 or more", seeds);
            effects = List.copyOf(effects);
        }
    }
}
