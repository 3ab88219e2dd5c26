package normlab.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a user has it: a process of its own, with its exit code and what it prints. */
record NormlabCommand(Path home, Path data) {
    record Answer(int exitCode, String out, String err) {}

    Answer run(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile("normlab", ".err");
        Process process = start(err, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the command closed its output and did not end");
        }
        return new Answer(process.exitValue(), out, Files.readString(err));
    }

    /** Starts it and does not wait. */
    Process start(Path err, String... arguments) throws IOException {
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
        return builder.start();
    }
}
