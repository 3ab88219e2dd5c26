package normlab.platform.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import normlab.platform.process.Command;
import normlab.platform.process.Environment;
import normlab.platform.process.ProcessException;

/**
 * A Python that can make the environment of MLflow.
 *
 * @param version such as {@code 3.12}
 */
record Python(String command, String version) {
    private static final int OLDEST_MINOR = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern ANSWER = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+ (venv|no-venv)");
    private static final String QUESTION = """
            import sys
            try:
                import venv, ensurepip
                can = "venv"
            except ImportError:
                can = "no-venv"
            print("%d.%d.%d" % tuple(sys.version_info[:3]), can)
            """;

    /** @throws ProcessException saying what was found under each command, and what to install */
    static Python find(List<String> commands) throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (String command : commands) {
            Command.Result result = new Command(
                            List.of(command, "-I", "-c", QUESTION), Environment.ofPython(System.getenv()))
                    .run(TIMEOUT);
            Matcher answer = ANSWER.matcher(result.output().strip());
            if (!answer.find()) {
                found.add(command + (result.exit() < 0 ? " is missing" : " does not answer: " + result.tail(3)));
            } else if (!isNewEnough(answer)) {
                found.add("%s is Python %s.%s, too old".formatted(command, answer.group(1), answer.group(2)));
            } else if (answer.group(3).equals("no-venv")) {
                found.add("%s lacks venv or ensurepip: apt install python3-venv".formatted(command));
            } else {
                return new Python(command, answer.group(1) + "." + answer.group(2));
            }
        }
        throw new ProcessException(
                "[mlflow] needs Python 3.%d or newer with venv; found: %s. Install one (apt install python3 python3-venv)"
                        .formatted(OLDEST_MINOR, String.join("; ", found)));
    }

    private static boolean isNewEnough(Matcher answer) {
        int major = Integer.parseInt(answer.group(1));
        return major > 3 || major == 3 && Integer.parseInt(answer.group(2)) >= OLDEST_MINOR;
    }
}
