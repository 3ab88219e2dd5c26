package normlab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line as a user has it: a process of its own, with its exit code and what it prints.
 *
 * @param slots training processes of a stack that it starts, whatever the machine
 * @param environment variables besides those of this process
 */
public record NormlabCommand(Path home, Path data, int slots, Map<String, String> environment) {
    public NormlabCommand(Path home, Path data, int slots) {
        this(home, data, slots, Map.of());
    }

    /** The same on another data folder. */
    public NormlabCommand in(Path otherData) {
        return new NormlabCommand(home, otherData, slots, environment);
    }

    /** The same with these variables besides the others. */
    public NormlabCommand with(Map<String, String> variables) {
        return new NormlabCommand(home, data, slots, variables);
    }

    public record Answer(int exitCode, String out, String err) {}

    public Answer run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).answer();
    }

    /** Starts it and does not wait. */
    public Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dnormlab.home=" + home,
                "-Dnormlab.data=" + data,
                "-cp",
                System.getProperty("java.class.path"),
                "normlab.app.Main"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("normlab", ".out");
        Path err = Files.createTempFile("normlab", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("NORMLAB_SLOTS", Integer.toString(slots));
        return new Running(command.getLast(), builder.start(), out, err);
    }

    /** A command at work. */
    public record Running(String name, Process process, Path out, Path err) {
        /** @throws IllegalStateException if it takes longer than eight minutes; it is killed then */
        public Answer answer() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(8, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(
                            "normlab %s does not end; it said: %s".formatted(name, Files.readString(err)));
                }
                return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        }
    }
}
