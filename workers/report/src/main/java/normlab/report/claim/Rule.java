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

/**
 * How a claim is judged. Each rule makes parts, one per activation and network (and measure), which {@link Family} judges,
 * and a {@link Threshold} says how many decide. Rules that differ say so. Nothing is judged by fewer than
 * {@link Part#FEWEST_PAIRS} pairs.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Rule.Gain.class, name = "gain"),
    @JsonSubTypes.Type(value = Rule.AverageGain.class, name = "average-gain"),
    @JsonSubTypes.Type(value = Rule.NonInferiority.class, name = "non-inferiority"),
    @JsonSubTypes.Type(value = Rule.Contrasts.class, name = "contrasts"),
    @JsonSubTypes.Type(value = Rule.Ratios.class, name = "ratios"),
    @JsonSubTypes.Type(value = Rule.Interaction.class, name = "interaction"),
    @JsonSubTypes.Type(value = Rule.Signs.class, name = "signs"),
    @JsonSubTypes.Type(value = Rule.Correlation.class, name = "correlation"),
    @JsonSubTypes.Type(value = Rule.Dissociation.class, name = "dissociation")
})
public sealed interface Rule permits Rule.Counted, Rule.Dissociation {
    /** A rule whose parts are counted. */
    sealed interface Counted extends Rule
            permits Gain, AverageGain, NonInferiority, Contrasts, Ratios, Interaction, Signs, Correlation {
        Threshold threshold();
    }

    /**
     * The treatment is better than the baseline, paired by seed, under each activation. It speaks against a part that the
     * gain is shown to be smaller than matters.
     */
    record Gain(
            Measure measure,
            Role treatment,
            Role baseline,
            List<Activation> activations,
            Matters matters,
            Threshold threshold)
            implements Counted {
        public Gain {
            activations = atLeastOne("activations", activations);
        }
    }

    /**
     * The gain, averaged over the cells of network and dataset, exceeds a figure. A figure is not attainable if the baseline's mean plus the
     * figure exceeds the best mean of any arm under any activation, unless the treatment is shown to be worse than the
     * baseline.
     *
     * @param figures by activation, in the measure's unit
     * @param reference the activation that defines the gap of which the reader is told the share that is closed
     */
    record AverageGain(
            Measure measure,
            Role treatment,
            Role baseline,
            Map<Activation, Double> figures,
            Activation reference,
            Matters matters,
            Threshold threshold)
            implements Counted {
        public AverageGain {
            check(!figures.isEmpty(), "figures is empty, expected at least one activation");
            figures = new TreeMap<>(figures);
        }
    }

    /**
     * The treatment under an activation is not worse than the baseline under the reference by the margin.
     *
     * @param margin in the measure's unit; also the smallest effect of interest
     */
    record NonInferiority(
            Measure measure,
            Role treatment,
            Role baseline,
            Activation reference,
            List<Activation> activations,
            double margin,
            Threshold threshold)
            implements Counted {
        public NonInferiority {
            activations = atLeastOne("activations", activations);
            check(margin > 0, "margin is %s, expected more than 0", margin);
        }
    }

    /**
     * Weighted sums of arms under one activation lie above or below figures.
     *
     * @param onlyIf its own uncorrected 95 % interval must lie on the claimed side, or nothing is asked
     * @param fewestEpochs campaigns with shorter training do not test the claim
     */
    record Contrasts(
            Activation activation,
            List<Contrast> tests,
            Optional<Contrast> onlyIf,
            Optional<Integer> fewestEpochs,
            Matters matters,
            Threshold threshold)
            implements Counted {
        public Contrasts {
            tests = atLeastOne("tests", tests);
        }
    }

    /**
     * A weighted sum and the figure that it is claimed to lie beyond.
     *
     * @param weights by arm: {@code {cbn: 1, bn: -1}} is a difference
     */
    record Contrast(
            String name, Measure measure, Map<Role, Double> weights, Optional<Double> above, Optional<Double> below) {
        public Contrast {
            check(!weights.isEmpty(), "%s: weights is empty, expected at least one arm", name);
            check(above.isPresent() != below.isPresent(), "%s: above %s, below %s, expected one", name, above, below);
            weights = new TreeMap<>(weights);
        }
    }

    /**
     * The ratio of probed effects, treatment to baseline, paired by seed and averaged over training, lies below 1. A ratio
     * with a side that did not train, or diverged, is not testable.
     *
     * @param readouts further baselines; ratios to them, and all scale-free ratios, are shown and decide nothing
     */
    record Ratios(
            List<ProbedEffect> effects,
            Role treatment,
            Role baseline,
            List<Role> readouts,
            List<Activation> activations,
            Matters matters,
            Threshold threshold)
            implements Counted {
        public Ratios {
            effects = atLeastOne("effects", effects);
            activations = atLeastOne("activations", activations);
            readouts = List.copyOf(readouts);
        }
    }

    /**
     * What the treatment does to the effects and to the loss AUC, against the baseline, is less under an activation than
     * under the reference: the interaction (treatment − baseline) × activation is above 0. An activation is for the claim
     * if this is shown of some effect and of the loss AUC; against it if the opposite is shown of all effects or of the
     * loss AUC.
     *
     * @param matters the smallest effect of interest on the loss AUC
     * @param ratioMatters that on the ratio of an effect
     */
    record Interaction(
            List<ProbedEffect> effects,
            Role treatment,
            Role baseline,
            Activation reference,
            List<Activation> activations,
            Matters matters,
            Matters ratioMatters,
            Threshold threshold)
            implements Counted {
        public Interaction {
            effects = atLeastOne("effects", effects);
            activations = atLeastOne("activations", activations);
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
            implements Counted {
        public Signs {
            measures = atLeastOne("measures", measures);
            activations = atLeastOne("activations", activations);
        }
    }

    /**
     * Over cells (network, activation and arm), a probed effect at the same training loss and the measure rise together,
     * by Spearman's rank correlation. Cells of one network and activation are one cluster, since they share what makes them
     * fast or slow.
     *
     * @param negligible a correlation whose whole interval is smaller than this in magnitude speaks against the claim, as
     *     does one whose interval lies below 0
     */
    record Correlation(List<ProbedEffect> effects, Measure measure, double negligible, Threshold threshold)
            implements Counted {
        public Correlation {
            effects = atLeastOne("effects", effects);
            check(negligible > 0 && negligible < 1, "negligible is %s, expected in (0, 1)", negligible);
        }
    }

    /**
     * There are pairs of cells of which one has the smaller estimates of all effects but the larger measure, each
     * difference shown by Welch's test at 5 % divided by the number of pairs. Cells that did not learn are left out. Pairs
     * that share a cluster (network and activation) count once.
     *
     * @param cases this many pairs without a shared cluster support the claim
     * @param orders the claim is not supported if every effect is shown to order the measure, with a rank correlation
     *     above this, and no pair contradicts it
     */
    record Dissociation(List<ProbedEffect> effects, Measure measure, int cases, double orders) implements Rule {
        public Dissociation {
            effects = atLeastOne("effects", effects);
            check(cases >= 1, "cases is %s, expected 1 or more", cases);
            check(orders > 0 && orders < 1, "orders is %s, expected in (0, 1)", orders);
        }
    }

    private static <T> List<T> atLeastOne(String key, List<T> values) {
        check(!values.isEmpty(), "%s is empty, expected at least one", key);
        return List.copyOf(values);
    }
}
