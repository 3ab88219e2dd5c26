package normlab.app.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import normlab.json.Json;

/**
 * One event.
 *
 * @param process who logged it: {@code coordinator}, {@code slot-1}
 * @param run campaign that it belongs to; empty for none
 * @param trial key of the trial; empty for none
 * @param attempt of the task, from 1; 0 for none
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record LogEvent(
        Instant at, String process, String level, String run, String trial, int attempt, String message) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int KEY_DIGITS = 12;
    /** Control characters, line breaks of Unicode among them, and what turns the direction of writing. */
    private static final Pattern NOT_TO_BE_PRINTED =
            Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");

    /** @throws normlab.json.InvalidInputException if the line is none of ours */
    static LogEvent parse(String process, String line) {
        JsonNode event = Json.parse(line.getBytes(StandardCharsets.UTF_8), process);
        JsonNode context = event.path("mdc");
        String failure = event.path("throwable").path("message").asText();
        return new LogEvent(
                Instant.ofEpochMilli(event.path("timestamp").asLong()),
                process,
                event.path("level").asText(),
                context.path("run").asText(),
                context.path("trial").asText(),
                context.path("attempt").asInt(),
                event.path("formattedMessage").asText() + (failure.isEmpty() ? "" : ": " + failure));
    }

    /** Whether it belongs to the campaign, or to the trial whose key begins so. */
    boolean isAbout(String subject) {
        return subject.isEmpty() || run.equals(subject) || !trial.isEmpty() && trial.startsWith(subject);
    }

    /** One line for a person's terminal, which a name or message from elsewhere cannot command. */
    public String text() {
        String task =
                trial.isEmpty() ? "" : trial.substring(0, Math.min(KEY_DIGITS, trial.length())) + "#" + attempt + " ";
        String text = "%s %-5s %-11s %s%s".formatted(TIME.format(at), level, process, task, message);
        return NOT_TO_BE_PRINTED.matcher(text).replaceAll(" ");
    }

    /** One line for a program: an object, which cannot command the terminal that it is printed to either. */
    public String json() {
        return NOT_TO_BE_PRINTED
                .matcher(Json.tree(this).toString())
                .replaceAll(c -> "\\\\u%04X".formatted((int) c.group().charAt(0)));
    }
}
