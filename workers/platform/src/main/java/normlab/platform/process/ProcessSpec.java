package normlab.platform.process;

import static normlab.json.Checks.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start one process. Secrets belong in the environment, which is never printed, or in a file.
 *
 * @param name lower-case letters, digits and -; names the log
 * @param environment all of it: nothing is inherited
 * @param directory its working directory; that of this process if empty
 * @param stopGrace from SIGTERM to SIGKILL
 * @param beforeStart run before each start and restart: cleans up after the last process
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Optional<Path> directory,
        Duration stopGrace,
        Runnable beforeStart) {
    public ProcessSpec {
        check(name.matches("[a-z0-9][a-z0-9-]*"), "name is '%s', expected lower-case letters, digits and -", name);
        check(!command.isEmpty(), "the command of %s is empty", name);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public ProcessSpec(String name, List<String> command, Map<String, String> environment, Duration stopGrace) {
        this(name, command, environment, Optional.empty(), stopGrace, () -> {});
    }

    public ProcessSpec first(Runnable cleanUp) {
        return new ProcessSpec(name, command, environment, directory, stopGrace, cleanUp);
    }

    /**
     * Runs it in a folder of its own. Servers read settings and modules from the working directory, and in there a path
     * needs no encoding for the URLs that they take.
     */
    public ProcessSpec in(Path folder) {
        return new ProcessSpec(name, command, environment, Optional.of(folder), stopGrace, beforeStart);
    }

    /** A worker: it has the user's environment, without settings for Java and the training engine, and {@code extra}. */
    public static ProcessSpec worker(String name, List<String> command, Map<String, String> extra, Duration stopGrace) {
        Map<String, String> environment = Environment.ofWorker(System.getenv());
        environment.putAll(extra);
        return new ProcessSpec(name, command, environment, stopGrace);
    }

    /** A server: it has a minimal environment, and {@code extra}. */
    public static ProcessSpec server(String name, List<String> command, Map<String, String> extra, Duration stopGrace) {
        Map<String, String> environment = Environment.ofServer(System.getenv());
        environment.putAll(extra);
        return new ProcessSpec(name, command, environment, stopGrace);
    }

    @Override
    public String toString() {
        return "ProcessSpec[" + name + ", " + String.join(" ", command) + "]";
    }
}
