package normlab.report.claim;

import java.util.List;
import java.util.Optional;
import normlab.report.analysis.Quantity;

/**
 * That a contrast, pooled over cells, lies beyond a figure: one part of a claim before it is judged.
 *
 * @param larger whether the claim is that it lies above the figure; otherwise below
 * @param cells one per network that is pooled
 * @param figure in the unit of the quantity
 * @param matters the smallest effect of interest, more than 0, in the same unit
 * @param tieIsAgainst whether it speaks against the claim that the contrast is shown to be less than {@code matters}
 *     beyond the figure; otherwise it must be shown to fall short of the figure itself
 * @param readout whether it is only shown, and decides nothing
 * @param untestable why it cannot be tested at all
 * @param attainable whether any arm under any activation reaches the figure
 * @param note may be empty
 */
record Hypothesis(
        String name,
        Quantity quantity,
        boolean larger,
        List<Pairs> cells,
        double figure,
        double matters,
        boolean tieIsAgainst,
        boolean readout,
        Optional<String> untestable,
        boolean attainable,
        String note) {
    Hypothesis {
        cells = List.copyOf(cells);
    }

    static Hypothesis above(String name, Quantity quantity, List<Pairs> cells, double figure, double matters) {
        return new Hypothesis(name, quantity, true, cells, figure, matters, false, false, Optional.empty(), true, "");
    }

    static Hypothesis below(String name, Quantity quantity, List<Pairs> cells, double figure, double matters) {
        return new Hypothesis(name, quantity, false, cells, figure, matters, false, false, Optional.empty(), true, "");
    }

    Hypothesis withTiesAgainst() {
        return new Hypothesis(
                name, quantity, larger, cells, figure, matters, true, readout, untestable, attainable, note);
    }

    Hypothesis asReadout() {
        return new Hypothesis(
                name, quantity, larger, cells, figure, matters, tieIsAgainst, true, untestable, attainable, note);
    }

    Hypothesis untestable(Optional<String> reason) {
        return new Hypothesis(
                name, quantity, larger, cells, figure, matters, tieIsAgainst, readout, reason, attainable, note);
    }

    Hypothesis attainable(boolean reached) {
        return new Hypothesis(
                name, quantity, larger, cells, figure, matters, tieIsAgainst, readout, untestable, reached, note);
    }

    Hypothesis noting(String text) {
        return new Hypothesis(
                name, quantity, larger, cells, figure, matters, tieIsAgainst, readout, untestable, attainable, text);
    }

    int sign() {
        return larger ? 1 : -1;
    }

    /** The number of pairs in the smallest cell. */
    int pairs() {
        return cells.stream().mapToInt(c -> c.differences().size()).min().orElse(0);
    }

    int lost() {
        return cells.stream().mapToInt(Pairs::lost).sum();
    }

    boolean absent() {
        return cells.isEmpty() || cells.stream().anyMatch(Pairs::absent);
    }
}
