package normlab.report.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Comparison;
import normlab.report.format.Numbers;
import normlab.report.format.Words;
import normlab.report.stats.PairedDifference;

/** Sentences that say only what the numbers show; each follows from a {@link Verdict} by a fixed rule. */
public final class Reading {
    private final Analysis analysis;

    public Reading(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The whole paragraph: the headline comparison, its control, and what went wrong. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Optional<EffectTable> headline = analysis.headline();
        if (headline.isPresent()) {
            sentences.add(accuracy(headline.get()));
            precise(headline.get()).ifPresent(sentences::add);
            sentences.add(loss(headline.get()));
            sentences.add(control(headline.get()));
        } else {
            sentences.add("This experiment does not compare CBN-R with plain BN, so it says nothing about the paper's"
                    + " claim.");
            analysis.comparisons().forEach(table -> sentences.add(accuracy(table)));
        }
        troubles().ifPresent(sentences::add);
        return sentences;
    }

    /** Last-epoch test accuracy of one comparison. */
    public String accuracy(EffectTable table) {
        return "Test accuracy after the last epoch, %s against %s: %s."
                .formatted(
                        analysis.title(table.treatment()),
                        analysis.title(table.baseline()),
                        byVerdict(table.of(Measure.ACCURACY), true));
    }

    /** How much of a comparison is left under precise statistics; empty where the experiment does not have them. */
    public Optional<String> precise(EffectTable table) {
        List<String> parts = table.of(Measure.PRECISE_ACCURACY).stream()
                .filter(e -> e.difference().isPresent())
                .map(e -> left(table.of(Measure.ACCURACY, e.activation()), e))
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("With precise instead of running statistics, what is left of it is %s."
                        .formatted(String.join("; ", parts)));
    }

    private static String left(Effect running, Effect precise) {
        PairedDifference found = precise.difference().orElseThrow();
        String share = running.difference()
                .filter(d -> running.verdict().significant())
                .map(d -> ", %s %% of it".formatted(Numbers.fixed(100 * found.mean() / d.mean(), 0)))
                .orElse("");
        return "%s under %s%s"
                .formatted(meanAndInterval(found), precise.activation().title(), share);
    }

    private String loss(EffectTable table) {
        return "Final training loss: " + byVerdict(table.of(Measure.TRAIN_LOSS), false) + ".";
    }

    private static String byVerdict(List<Effect> effects, boolean withNumbers) {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            List<String> names = effects.stream()
                    .filter(e -> e.verdict() == verdict)
                    .map(e -> e.activation().title() + (withNumbers && verdict != Verdict.NOT_JUDGED ? number(e) : ""))
                    .toList();
            if (!names.isEmpty()) {
                parts.add(phrase(verdict) + " " + Words.list(names));
            }
        }
        return String.join("; ", parts);
    }

    private static String phrase(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better for";
            case LEANS_BETTER -> "leaning better, though not after Holm's correction, for";
            case NO_DIFFERENCE -> "no difference shown for";
            case LEANS_WORSE -> "leaning worse, though not after Holm's correction, for";
            case WORSE -> "worse for";
            case NOT_JUDGED -> "not judged (too few pairs, no spread, or pairs lost to divergence) for";
        };
    }

    private static String number(Effect effect) {
        return effect.difference().map(d -> " (" + number(d) + ")").orElse("");
    }

    private static String number(PairedDifference difference) {
        return "%s points, n = %d".formatted(meanAndInterval(difference), difference.n());
    }

    private static String meanAndInterval(PairedDifference difference) {
        String interval =
                difference.interval().map(i -> " " + Numbers.interval(i, 2)).orElse(" (no interval)");
        return Numbers.signed(difference.mean(), 2) + interval;
    }

    private String control(EffectTable headline) {
        if (analysis.controls().isEmpty()) {
            return "No BN arm with a normaliser at the head was run as a control, and the head changes results by"
                    + " itself: nothing here can be attributed to the placement of normalization alone.";
        }
        List<String> parts =
                analysis.controls().stream().map(c -> control(headline, c)).toList();
        return "The head changes results by itself, so compare with the control. " + String.join(" ", parts)
                + " None of this shows the effect of placement alone.";
    }

    /** Every activation, whichever way it comes out. */
    private String control(EffectTable headline, String control) {
        EffectTable alone = analysis.compare(new Comparison(control, headline.baseline(), ""));
        EffectTable beyond = analysis.compare(new Comparison(headline.treatment(), control, ""));
        return "Control %s: against BN, the head alone is %s. Against this control, %s is %s."
                .formatted(
                        analysis.title(control),
                        byVerdict(alone.of(Measure.ACCURACY), true),
                        analysis.title(headline.treatment()),
                        byVerdict(beyond.of(Measure.ACCURACY), true));
    }

    private Optional<String> troubles() {
        long diverged = analysis.trials().stream().filter(t -> t.diverged()).count();
        long failed = analysis.trials().stream().filter(t -> t.failed()).count();
        List<String> parts = new ArrayList<>();
        if (diverged > 0) {
            parts.add(Numbers.count(diverged, "trial")
                    + " diverged: counted at chance accuracy, without losses; pairs with one are not judged by loss");
        }
        if (failed > 0) {
            parts.add(Numbers.count(failed, "trial") + " failed and left no result, so pairs are missing");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts) + ".");
    }
}
