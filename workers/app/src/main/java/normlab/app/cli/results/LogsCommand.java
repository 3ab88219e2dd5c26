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
@Command(name = "logs", description = "Show the log of the stack's processes in chronological order.")
public final class LogsCommand implements Callable<Integer> {
    private static final long PAUSE_MILLIS = 500;

    @Parameters(
            paramLabel = "CAMPAIGN|TRIAL",
            arity = "0..1",
            description = "Id of a campaign, or the first digits of a trial's key. Default: everything.")
    private String subject = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Follow the log until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Number of lines to show, the newest ones. Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Option(names = "--json", description = "Print each event as a JSON object on its own line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Path folder = Home.current().data().resolve("logs");
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    folder.toString(), "does not exist: no stack has run here yet; start one: ./normlab up");
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
