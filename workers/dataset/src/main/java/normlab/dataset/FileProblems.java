package normlab.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is wrong with files, by kind: of each kind the first few files and the number of the rest. Thread-safe. */
final class FileProblems {
    private static final int SHOWN = 10;

    private final Map<String, TreeSet<String>> shown = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * @param kind what is wrong and what to do
     * @param file relative to the folder
     * @param detail what was found in this file, or empty
     */
    synchronized void add(String kind, String file, String detail) {
        TreeSet<String> files = shown.computeIfAbsent(kind, k -> new TreeSet<>());
        files.add(printable(file) + (detail.isEmpty() ? "" : " " + detail));
        if (files.size() > SHOWN) {
            // Files come in the order in which threads read them.
            files.removeLast();
        }
        counts.merge(kind, 1, Integer::sum);
    }

    /** Names may contain anything but a slash. */
    static String printable(String file) {
        StringBuilder printable = new StringBuilder();
        file.codePoints()
                .forEach(c -> printable.append(isPrintable(c) ? Character.toString(c) : "\\u%04x".formatted(c)));
        return printable.toString();
    }

    static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> character != 0xFFFD;
        };
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    synchronized int count() {
        return counts.values().stream().mapToInt(c -> c).sum();
    }

    /** One for each kind. */
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        shown.forEach((kind, files) -> {
            int more = counts.getOrDefault(kind, 0) - files.size();
            lines.add("%s: %s%s"
                    .formatted(kind, String.join(", ", files), more == 0 ? "" : " and %,d more".formatted(more)));
        });
        return lines;
    }
}
