package normlab.platform.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs to its end.
 *
 * @param environment all of it: nothing is inherited
 */
public record Command(List<String> words, Map<String, String> environment) {
    /** @param exit status; -1 if the command could not be started or took too long */
    public record Result(int exit, String output) {
        public boolean succeeded() {
            return exit == 0;
        }

        public String tail(int lines) {
            List<String> all = output.strip().lines().toList();
            return "exit code %d\n  %s"
                    .formatted(exit, String.join("\n  ", all.subList(Math.max(0, all.size() - lines), all.size())));
        }
    }

    /** When interrupted, or after {@code timeout}, the command and its descendants are killed. */
    public Result run(Duration timeout) throws InterruptedException {
        try {
            Path output = Files.createTempFile("normlab-command", ".log");
            try {
                return run(timeout, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    private Result run(Duration timeout, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return ended
                    ? new Result(process.exitValue(), text)
                    : new Result(-1, text + "\nkilled after " + timeout.toSeconds() + " s");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
