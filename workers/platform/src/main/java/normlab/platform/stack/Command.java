package normlab.platform.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs to its end, with the environment of this process and {@code extra}; an empty value there takes a
 * variable away.
 */
record Command(List<String> words, Map<String, String> extra) {
    /** @param exit status; -1 if the command could not be started or took too long */
    record Result(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }

        String tail(int lines) {
            List<String> all = output.strip().lines().toList();
            return "exit code %d\n  %s"
                    .formatted(exit, String.join("\n  ", all.subList(Math.max(0, all.size() - lines), all.size())));
        }
    }

    /** When interrupted, or after {@code patience}, the command and its descendants are killed. */
    Result run(Duration patience) throws InterruptedException {
        try {
            Path output = Files.createTempFile("normlab-command", ".log");
            try {
                return run(patience, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    private Result run(Duration patience, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(extra);
        Set.copyOf(builder.environment().keySet()).stream()
                .filter(key -> extra.getOrDefault(key, "-").isEmpty())
                .forEach(builder.environment()::remove);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return ended
                    ? new Result(process.exitValue(), text)
                    : new Result(-1, text + "\nno end after " + patience.toSeconds() + " s");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
