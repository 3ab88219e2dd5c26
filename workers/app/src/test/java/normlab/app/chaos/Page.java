package normlab.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import normlab.provenance.Machine;

/** The part of docs/reliability.md that {@code make chaos} writes. */
final class Page {
    private static final String BEGIN = "<!-- written by make chaos: begin -->\n";
    private static final String END = "<!-- written by make chaos: end -->\n";

    private Page() {}

    static void write(Path page, Duration usual, List<String> rows, String summary) {
        try {
            write(page, usual, String.join("\n", rows) + "\n\n" + summary + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path page, Duration usual, String rows) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(
                    "[%s] has no place for the table; expected the line %s".formatted(page, BEGIN));
        }
        Machine machine = Machine.current();
        String table =
                "On %d cores of %s, %d MiB; without faults, the campaign of %d trials with %d epochs takes %.0f s.%n%n"
                        .formatted(
                                machine.cores(),
                                machine.processor(),
                                machine.memoryMiB(),
                                Laboratory.TRIALS,
                                Laboratory.EPOCHS,
                                usual.toMillis() / 1e3);
        Files.writeString(page, text.substring(0, begin) + BEGIN + table + Row.HEAD + rows + text.substring(end));
    }
}
