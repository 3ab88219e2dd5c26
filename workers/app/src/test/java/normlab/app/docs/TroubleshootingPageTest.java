package normlab.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/how-to/mend.md}, which is found by the messages that it quotes. */
class TroubleshootingPageTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("normlab.home"));
    private static final Pattern MESSAGE = Pattern.compile("`([^`]+)`");

    @Test
    void everyQuotedMessageIsOneThatTheCodePrints() throws IOException {
        List<String> quoted = Files.readAllLines(CHECKOUT.resolve("docs/how-to/mend.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| You want"))
                .map(line -> line.split(" \\| ")[0])
                .flatMap(cell -> MESSAGE.matcher(cell).results().map(TroubleshootingPageTest::text))
                // What differs from one message to the next stands as …
                .flatMap(message -> Stream.of(message.split("…")))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        String code = sources() + Files.readString(CHECKOUT.resolve("normlab"));

        assertThat(quoted).isNotEmpty();
        assertThat(quoted)
                .allSatisfy(message -> assertThat(code.contains(message))
                        .as("a main source or the launcher has the message: %s", message)
                        .isTrue());
    }

    private static String text(MatchResult match) {
        return match.group(1);
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve("workers"))) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(Files::isRegularFile)
                    .map(TroubleshootingPageTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
