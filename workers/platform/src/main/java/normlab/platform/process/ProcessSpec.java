package normlab.platform.process;

import static normlab.json.Checks.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How to start one process. Secrets belong in the environment, which is never printed, or in a file.
 *
 * @param name lower-case letters, digits and -; names the log
 * @param environment all of it: nothing is inherited
 * @param stopGrace from SIGTERM to SIGKILL
 * @param beforeStart run before each start and restart: cleans up after the last process
 */
public record ProcessSpec(
        String name, List<String> command, Map<String, String> environment, Duration stopGrace, Runnable beforeStart) {
    /** Proxies and keys are left out on purpose: the servers talk to 127.0.0.1 only. */
    private static final List<String> HARMLESS = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    public ProcessSpec {
        check(name.matches("[a-z0-9][a-z0-9-]*"), "name is '%s', expected lower-case letters, digits and -", name);
        check(!command.isEmpty(), "the command of %s is empty", name);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    public ProcessSpec(String name, List<String> command, Map<String, String> environment, Duration stopGrace) {
        this(name, command, environment, stopGrace, () -> {});
    }

    public ProcessSpec first(Runnable clearUp) {
        return new ProcessSpec(name, command, environment, stopGrace, clearUp);
    }

    /** A worker, which sees what the user's environment says, and {@code extra}. */
    public static ProcessSpec worker(String name, List<String> command, Map<String, String> extra, Duration stopGrace) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(extra);
        return new ProcessSpec(name, command, environment, stopGrace);
    }

    public static ProcessSpec server(String name, List<String> command, Map<String, String> extra, Duration stopGrace) {
        Map<String, String> environment = new TreeMap<>();
        HARMLESS.forEach(
                key -> Optional.ofNullable(System.getenv(key)).ifPresent(value -> environment.put(key, value)));
        environment.putAll(extra);
        return new ProcessSpec(name, command, environment, stopGrace);
    }

    @Override
    public String toString() {
        return "ProcessSpec[" + name + ", " + String.join(" ", command) + "]";
    }
}
