package normlab.report.figure;

import java.util.List;

/**
 * The colours of the arms, the same wherever they are shown: those of Okabe and Ito (2008), which people with any
 * colour vision can tell apart.
 */
public final class Palette {
    private static final List<Integer> COLORS =
            List.of(0x7F7F7F, 0x0072B2, 0x009E73, 0xD55E00, 0xCC79A7, 0x56B4E9, 0xE69F00);

    private Palette() {}

    /** @param index index of the arm in the order of tables */
    static int rgb(int index) {
        return COLORS.get(index % COLORS.size());
    }

    /** For example {@code #0072b2}. */
    public static String hex(int index) {
        return "#%06x".formatted(rgb(index));
    }
}
