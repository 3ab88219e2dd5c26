package normlab.app.command;

import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.Connections;
import normlab.app.Target;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.s3.S3Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Uses what the commands use, and shows nothing: the launcher keeps the classes that this loads in an archive. */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Load what the commands use, for the launcher's class archive.")
final class RehearseCommand implements Callable<Integer> {
    /** The discard port: nothing answers, and the clients' classes are loaded all the same. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    @Override
    public Integer call() {
        for (String[] arguments : List.of(new String[] {"--help"}, new String[] {"plan", "quick"})) {
            CommandLine line = NormLab.commandLine();
            line.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(Writer.nullWriter()));
            line.execute(arguments);
        }
        askNobody();
        return ExitCode.DONE;
    }

    private static void askNobody() {
        S3Settings store = new S3Settings(NOBODY, "us-east-1", "normlab", "nobody", "nothing", Optional.empty());
        Target target = new Target(NOBODY, MlflowServer.open(NOBODY), store);
        try (Connections connections = Connections.to(target)) {
            attempt(() -> connections.store().exists("runs/none/run.json"));
            try (ConductorEngine engine = new ConductorEngine(connections.conductor())) {
                attempt(() -> engine.campaigns(1));
            }
        }
    }

    private static void attempt(Runnable question) {
        try {
            question.run();
        } catch (RuntimeException expected) {
            // Nobody answers.
        }
    }
}
