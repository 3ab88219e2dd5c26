package normlab.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.json.InvalidInputException;

/** A page with a part that a command writes, between two marks. */
public final class MarkedPage {
    private MarkedPage() {}

    /**
     * @param command that writes the part, as in its marks
     * @throws InvalidInputException if the page has no such marks
     */
    public static void write(Path page, String command, String text) throws IOException {
        String begin = "<!-- written by " + command + ": begin -->";
        String end = "<!-- written by " + command + ": end -->";
        String old = Files.readString(page);
        int from = old.indexOf(begin);
        int to = old.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new InvalidInputException(
                    page.toString(),
                    "has no place for what is measured; put these lines into it: " + begin + " " + end);
        }
        Files.writeString(page, old.substring(0, from + begin.length()) + "\n" + text + old.substring(to));
    }
}
