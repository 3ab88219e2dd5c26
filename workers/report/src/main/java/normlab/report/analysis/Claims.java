package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.report.format.Numbers;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;

/** The figures of the abstract of Peng, Yu and Yu (TPAMI 46(1), 2024), read against a campaign. */
public final class Claims {
    /** "Comparable" is taken as within this many points. */
    private static final double COMPARABLE = 1;

    private final Analysis analysis;
    private final EffectTable headline;

    private Claims(Analysis analysis, EffectTable headline) {
        this.analysis = analysis;
        this.headline = headline;
    }

    /** Empty if the experiment does not compare CBN-R with plain BN. */
    public static List<Claim> of(Analysis analysis) {
        return analysis.headline()
                .map(table -> new Claims(analysis, table).all())
                .orElse(List.of());
    }

    /** Points that the abstract claims for an activation, averaged over its networks and datasets. */
    public static Optional<Double> points(Activation activation) {
        return switch (activation) {
            case SIGMOID -> Optional.of(15.0);
            case TANH -> Optional.of(4.5);
            case SELU -> Optional.of(4.0);
            case RELU, SWISH -> Optional.empty();
        };
    }

    private List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            claims.add(accuracy(activation));
        }
        for (Activation activation : analysis.activations()) {
            if (points(activation).isPresent() && analysis.activations().contains(Activation.RELU)) {
                claims.add(comparableToRelu(activation));
            }
        }
        return claims;
    }

    private Claim accuracy(Activation activation) {
        Effect effect = headline.of(Measure.ACCURACY, activation);
        String statement = activation.title() + ": accuracy above BN";
        String claimed = points(activation)
                .map(p -> "more than " + Numbers.fixed(p, 1) + " points")
                .orElse("higher");
        String reading = points(activation)
                .map(p -> sizeReading(effect, p))
                .orElse(effect.verdict().words());
        return new Claim(statement, claimed, found(effect.difference()), reading);
    }

    private static String sizeReading(Effect effect, double claimed) {
        Interval interval =
                effect.difference().flatMap(PairedDifference::interval).orElse(null);
        if (interval == null) {
            return Verdict.NOT_JUDGED.words();
        }
        String direction = effect.verdict().words();
        if (interval.low() >= claimed) {
            return direction + "; size reached";
        }
        return direction + (interval.high() < claimed ? "; size not reached" : "; size undecided");
    }

    private Claim comparableToRelu(Activation activation) {
        Optional<PairedDifference> difference = PairedDifference.bySeed(
                analysis.cell(activation, headline.treatment()).values(Measure.ACCURACY),
                analysis.cell(Activation.RELU, headline.baseline()).values(Measure.ACCURACY));
        String reading = difference
                .flatMap(PairedDifference::interval)
                .map(Claims::comparable)
                .orElse(Verdict.NOT_JUDGED.words());
        return new Claim(
                activation.title() + ": level with BN and ReLU",
                "comparable (taken as within ±1 point)",
                found(difference),
                reading);
    }

    private static String comparable(Interval interval) {
        if (interval.low() >= -COMPARABLE && interval.high() <= COMPARABLE) {
            return "comparable";
        }
        if (interval.high() < -COMPARABLE) {
            return "not comparable: lower";
        }
        return interval.low() > COMPARABLE ? "above" : "undecided";
    }

    private static String found(Optional<PairedDifference> difference) {
        return difference
                .map(d -> Numbers.signed(d.mean(), 2)
                        + d.interval()
                                .map(i -> " " + Numbers.interval(i, 2))
                                .orElse(" (no interval, n = " + d.n() + ")"))
                .orElse(Numbers.ABSENT);
    }
}
