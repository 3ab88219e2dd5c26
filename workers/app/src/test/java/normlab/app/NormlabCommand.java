package normlab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a user has it: a process of its own, with its exit code and what it prints. */
record NormlabCommand(Path home, Path data) {
    record Answer(int exitCode, String out, String err) {}

    /** @throws IllegalStateException if it takes longer than ten minutes; it is killed then */
    Answer run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("normlab", ".out");
        Path err = Files.createTempFile("normlab", ".err");
        try {
            Process process =
                    builder(err, arguments).redirectOutput(out.toFile()).start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("normlab %s does not end; it said: %s"
                        .formatted(String.join(" ", arguments), Files.readString(err)));
            }
            return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts it and does not wait. */
    Process start(Path err, String... arguments) throws IOException {
        return builder(err, arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ProcessBuilder builder(Path err, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dnormlab.home=" + home,
                "-Dnormlab.data=" + data,
                "-cp",
                System.getProperty("java.class.path"),
                "normlab.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        // Two training slots whatever the machine: the tests kill one and follow the other.
        builder.environment().put("NORMLAB_SLOTS", "2");
        return builder;
    }
}
