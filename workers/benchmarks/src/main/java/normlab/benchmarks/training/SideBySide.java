package normlab.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import normlab.json.Json;

/**
 * Processes that measure at the same time. Each says {@code ready} once it has warmed up, starts when it is sent a line,
 * and ends with one line of JSON.
 */
public final class SideBySide {
    private static final String READY = "ready";
    private static final String ENDED = "a measured process ended early; its own message is above";

    private SideBySide() {}

    /**
     * @param environment on top of this process's
     * @return what each of the processes printed
     * @throws IOException if one of them ends otherwise; what it said is on the standard error
     */
    public static List<JsonNode> run(int processes, List<String> command, Map<String, String> environment)
            throws IOException {
        List<Process> started = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
                builder.environment().putAll(environment);
                started.add(builder.start());
            }
            List<BufferedReader> readers = started.stream()
                    .map(p -> p.inputReader(StandardCharsets.UTF_8))
                    .toList();
            for (BufferedReader reader : readers) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IOException(ENDED);
                }
                if (!READY.equals(line)) {
                    throw new IOException("a measured process said '%s', expected '%s'".formatted(line, READY));
                }
            }
            for (Process process : started) {
                Writer writer = process.outputWriter(StandardCharsets.UTF_8);
                writer.write("go\n");
                writer.flush();
            }
            List<JsonNode> results = new ArrayList<>();
            for (BufferedReader reader : readers) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IOException(ENDED);
                }
                results.add(Json.parse(line.getBytes(StandardCharsets.UTF_8), "the measured process"));
            }
            return results;
        } finally {
            started.forEach(Process::destroy);
        }
    }
}
