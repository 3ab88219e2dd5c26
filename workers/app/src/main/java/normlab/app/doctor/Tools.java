package normlab.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of the machine. */
final class Tools {
    private static final int PATIENCE_SECONDS = 20;
    private static final Pattern COLOUR = Pattern.compile("\\033\\[[0-9;]*m");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)[.\\d]*");

    Diagnosis jdk() {
        int feature = Runtime.version().feature();
        return Diagnosis.of(
                feature >= 21,
                "JDK",
                "%s, %s".formatted(Runtime.version(), System.getProperty("java.home")),
                "21 or newer",
                "apt install openjdk-21-jdk, or set JAVA_HOME");
    }

    Diagnosis maven() {
        return versioned("Maven", List.of("mvn", "--version"), 3, 8, "3.8 or newer, to build", "apt install maven");
    }

    Diagnosis python() {
        Optional<String> answer = answer("python3", "-c", "import sys, venv, ensurepip; print(sys.version.split()[0])");
        String needed = "3.10 or newer with venv, for the MLflow server";
        return answer.map(version -> Diagnosis.of(
                        isAtLeast(version, 3, 10), "Python", version, needed, "apt install python3 python3-venv"))
                .orElse(Diagnosis.problem(
                        "Python", "none with venv on the PATH", needed, "apt install python3 python3-venv"));
    }

    Diagnosis containers() {
        String needed = "none; a cluster in containers and `make it` need one";
        for (String engine : List.of("docker", "podman")) {
            if (onPath(engine)) {
                Optional<String> version = answer(engine, "version", "--format", "{{.Server.Version}}");
                return version.map(v -> Diagnosis.good("container engine", engine + " " + v, needed))
                        .orElse(Diagnosis.note(
                                "container engine", engine + ", which does not answer", needed, "start its service"));
            }
        }
        return Diagnosis.note("container engine", "none on the PATH", needed, "");
    }

    private static Diagnosis versioned(
            String subject, List<String> command, int major, int minor, String needed, String remedy) {
        return answer(command.toArray(String[]::new))
                .map(text -> Diagnosis.of(
                        isAtLeast(text, major, minor),
                        subject,
                        text.lines().findFirst().orElse(""),
                        needed,
                        remedy))
                .orElse(Diagnosis.problem(subject, "not on the PATH", needed, remedy));
    }

    static boolean isAtLeast(String text, int major, int minor) {
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            return false;
        }
        int found = Integer.parseInt(version.group(1));
        return found > major || found == major && Integer.parseInt(version.group(2)) >= minor;
    }

    private static boolean onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of(path.split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What the command prints, stripped; empty if it is missing, fails, hangs or prints nothing. */
    private static Optional<String> answer(String... command) {
        return answer(PATIENCE_SECONDS, command);
    }

    static Optional<String> answer(int timeoutSeconds, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // A line or two fit into the pipe, so that nobody need read before the end.
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            text = COLOUR.matcher(text).replaceAll("");
            return process.exitValue() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
