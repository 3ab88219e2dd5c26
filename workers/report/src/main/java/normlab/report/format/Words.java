package normlab.report.format;

import java.util.List;

/** Lists of words, as people write them. */
public final class Words {
    private Words() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}; {@code a; b, c; and d} if one of them contains a comma. */
    public static String list(List<String> words) {
        boolean commas = words.stream().anyMatch(word -> word.contains(", "));
        int last = words.size() - 1;
        return last < 1
                ? String.join("", words)
                : String.join(commas ? "; " : ", ", words.subList(0, last))
                        + (commas ? "; and " : " and ")
                        + words.get(last);
    }
}
