package normlab.app.cli.results;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.Home;
import normlab.app.log.EventLogs;
import normlab.app.log.LogEvent;
import normlab.json.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the supervisor and the workers logged, also while the stack is down. */
@Command(name = "logs", description = "Show what the stack's processes logged, in the order of time.")
public final class LogsCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @Parameters(
            paramLabel = "RUN|TRIAL",
            arity = "0..1",
            description = "Only what belongs to a campaign, or to the trial whose key begins so.")
    private String subject = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many of the last lines (${DEFAULT-VALUE}).")
    private int lines;

    @Option(names = "--json", description = "Print each event as a JSON object on a line of its own, and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Path folder = Home.current().data().resolve("logs");
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder.toString(), "does not exist: no stack has run here; ./normlab up");
        }
        EventLogs logs = new EventLogs(folder);
        List<LogEvent> events = logs.next(subject);
        if (events.isEmpty() && !follow && !subject.isEmpty()) {
            throw new InvalidInputException(
                    subject,
                    "is in no event that %s keeps; ./normlab status lists campaigns, ./normlab plan the keys of trials"
                            .formatted(folder));
        }
        print(events.subList(Math.max(0, events.size() - lines), events.size()));
        // Nobody reads any more where the other end of a pipe has closed.
        while (follow && !spec.commandLine().getOut().checkError()) {
            Thread.sleep(PAUSE_MILLIS);
            print(logs.next(subject));
        }
        return ExitCode.DONE;
    }

    private void print(List<LogEvent> events) {
        events.forEach(event -> spec.commandLine().getOut().println(json ? event.json() : event.text()));
        spec.commandLine().getOut().flush();
    }
}
