package normlab.report.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Comparison;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.stats.Holm;
import normlab.report.stats.PairedDifference;

/** Cells and paired effects of the trials of a campaign that share a setting. */
public final class Analysis {
    private static final int SIDE_BY_SIDE = 5;

    private final CampaignResults campaign;
    private final Setting setting;
    private final List<TrialOutcome> trials;
    private final List<String> arms;

    Analysis(CampaignResults campaign, Setting setting, List<TrialOutcome> trials) {
        this.campaign = campaign;
        this.setting = setting;
        this.trials = List.copyOf(trials);
        this.arms = Arms.ordered(campaign.experiment().arms());
    }

    /**
     * One analysis per network and learning rate. With several rates, the first analysis of each network is at the best
     * rates by validation.
     */
    public static List<Analysis> of(CampaignResults campaign) {
        return Setting.analyses(campaign);
    }

    public Setting setting() {
        return setting;
    }

    /** In the order of the campaign. */
    public List<TrialOutcome> trials() {
        return trials;
    }

    public CampaignResults campaign() {
        return campaign;
    }

    /** Names of the arms, in the order of tables. */
    public List<String> arms() {
        return arms;
    }

    /** Whether there are too many arms for columns, so that tables show them as rows. */
    public boolean hasManyArms() {
        return arms.size() > SIDE_BY_SIDE;
    }

    public List<Activation> activations() {
        return campaign.experiment().activations();
    }

    public Arm arm(String name) {
        return Optional.ofNullable(campaign.experiment().arms().get(name))
                .orElseThrow(() -> new IllegalArgumentException("no arm '%s', known are %s".formatted(name, arms)));
    }

    public String title(String arm) {
        return arm(arm).title();
    }

    public Cell cell(Activation activation, String arm) {
        List<TrialOutcome> inside = trials.stream()
                .filter(t ->
                        t.spec().activation() == activation && t.planned().arm().equals(arm))
                .sorted(Comparator.comparingLong(t -> t.spec().seed()))
                .toList();
        return new Cell(activation, arm, inside);
    }

    /** One table for each comparison that the experiment names, in its order. */
    public List<EffectTable> comparisons() {
        return campaign.experiment().comparisons().stream().map(this::compare).toList();
    }

    /** The first comparison of CBN-R with plain BN, which the paper's claim is about. */
    public Optional<EffectTable> headline() {
        return headlineComparison().map(this::compare);
    }

    /** The two arms of {@link #headline()}. */
    public Optional<Comparison> headlineComparison() {
        return campaign.experiment().comparisons().stream()
                .filter(c -> Arms.isCbn(arm(c.treatment())) && Arms.isPlainBn(arm(c.baseline())))
                .findFirst();
    }

    /** BN arms with a normaliser at the head, whether or not the experiment compares them. */
    public List<String> controls() {
        return arms.stream().filter(name -> Arms.isControl(arm(name))).toList();
    }

    /** For each control, what the head alone does to BN, then what CBN-R adds to it. Empty without a headline. */
    public List<EffectTable> controlComparisons() {
        List<EffectTable> tables = new ArrayList<>();
        headline()
                .ifPresent(headline -> controls().forEach(control -> {
                    tables.add(compare(new Comparison(control, headline.baseline(), "")));
                    tables.add(compare(new Comparison(headline.treatment(), control, "")));
                }));
        return tables;
    }

    /** Any two arms, paired by seed. */
    public EffectTable compare(Comparison comparison) {
        Map<Measure, List<Effect>> effects = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            effects.put(measure, effects(comparison, measure));
        }
        return new EffectTable(comparison.treatment(), comparison.baseline(), comparison.note(), effects);
    }

    private List<Effect> effects(Comparison comparison, Measure measure) {
        List<Optional<PairedDifference>> differences = activations().stream()
                .map(a -> PairedDifference.bySeed(
                        cell(a, comparison.treatment()).values(measure),
                        cell(a, comparison.baseline()).values(measure)))
                .toList();
        List<OptionalDouble> holm = Holm.adjustPresent(differences.stream()
                .map(d -> d.map(PairedDifference::p).orElse(OptionalDouble.empty()))
                .toList());
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < differences.size(); i++) {
            effects.add(effect(comparison, measure, activations().get(i), differences.get(i), holm.get(i)));
        }
        return effects;
    }

    private Effect effect(
            Comparison comparison,
            Measure measure,
            Activation activation,
            Optional<PairedDifference> difference,
            OptionalDouble holm) {
        TreeSet<Long> seeds = new TreeSet<>(arm(comparison.treatment()).seeds());
        seeds.retainAll(arm(comparison.baseline()).seeds());
        Cell treatment = cell(activation, comparison.treatment());
        Cell baseline = cell(activation, comparison.baseline());
        int diverged = (int) seeds.stream()
                .filter(s -> treatment.diverged(s) || baseline.diverged(s))
                .count();
        // Losses exist only if neither side diverged: judging only the rest would favour the side that diverges.
        boolean judged = !measure.losesToDivergence() || diverged == 0;
        Verdict verdict = difference
                .filter(d -> judged)
                .map(d -> Verdict.of(d, holm, measure.higherIsBetter()))
                .orElse(Verdict.NOT_JUDGED);
        return new Effect(activation, measure, difference, holm, seeds.size(), diverged, verdict);
    }
}
