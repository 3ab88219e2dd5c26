package normlab.report.page;

import normlab.report.analysis.Effect;
import normlab.report.analysis.Verdict;
import normlab.report.format.Numbers;
import normlab.report.stats.PairedDifference;

/** Paired effects as table cells. */
final class EffectCells {
    private EffectCells() {}

    /** The mean, a star if it survives Holm's correction, and the interval below. */
    static CellView effect(Effect effect) {
        int digits = effect.measure().digits();
        boolean star = effect.verdict().significant();
        CellView cell = effect.difference()
                .map(d -> CellView.number(Numbers.signed(d.mean(), digits) + (star ? " *" : ""))
                        .withNote(interval(d, digits) + pairs(effect))
                        .strongIf(star))
                .orElse(CellView.number(Numbers.ABSENT).withNote("no pairs" + pairs(effect)));
        return effect.divergedPairs() == 0 ? cell : cell.withNote(diverged(effect));
    }

    /** The effect, with its p after Holm's correction below. */
    static CellView effectAndHolm(Effect effect) {
        return effect.difference().isEmpty()
                ? effect(effect)
                : effect(effect).withNote("Holm p " + Numbers.p(effect.holm()));
    }

    static CellView p(Effect effect) {
        return effect.difference()
                .map(d -> CellView.number(Numbers.p(d.p())).withNote("flip " + Numbers.p(d.signFlipP())))
                .orElse(CellView.number(Numbers.ABSENT));
    }

    static CellView holm(Effect effect) {
        return CellView.number(Numbers.p(effect.holm()))
                .strongIf(effect.verdict().significant());
    }

    static CellView verdict(Verdict verdict) {
        return CellView.of(verdict.sign() + " " + verdict.words(), "verdict");
    }

    private static String interval(PairedDifference difference, int digits) {
        String pairs = "n = " + difference.n();
        return difference
                .interval()
                .map(i -> Numbers.interval(i, digits) + ", " + pairs)
                .orElse((difference.n() < 2 ? "no interval from one pair, " : "no interval without spread, ") + pairs);
    }

    private static String pairs(Effect effect) {
        return effect.missingPairs() == 0 ? "" : " of " + effect.plannedPairs();
    }

    private static String diverged(Effect effect) {
        return effect.divergedPairs() + " diverged, "
                + (effect.measure().losesToDivergence() ? "left out" : "at chance");
    }
}
