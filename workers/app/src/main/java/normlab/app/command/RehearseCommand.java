package normlab.app.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.config.Home;
import normlab.app.progress.LiveProgress;
import normlab.app.progress.Progress;
import normlab.app.rehearsal.RehearsalServer;
import normlab.app.rehearsal.RehearsalStore;
import normlab.app.rehearsal.SampleCampaign;
import normlab.campaign.CampaignArchive;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.s3.StoreFolder;
import normlab.platform.server.Endpoints;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Uses what the commands use, and shows nothing: the launcher keeps the classes that this loads in an archive. The
 * commands that look at campaigns find one in a folder of their own.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Load what the commands use, for the launcher's class archive.")
final class RehearseCommand implements Callable<Integer> {
    private static final String RUN = "rehearsal";
    private static final String AGAIN = "again";
    private static final String TRIAL = "sigmoid-bn-s1";

    @Parameters(paramLabel = "DIR", description = "An empty folder to write to.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Home home = new Home(NormLab.home().root(), folder.resolve("data"));
        StoreFolder store = new StoreFolder(home.stack().data("s3").resolve(Endpoints.BUCKET));
        RehearsalStore written = new RehearsalStore(store);
        new SampleCampaign(home, written, RUN).written();
        new SampleCampaign(home, written, AGAIN).repeating(RUN).written();
        home.use();
        List<List<String>> failed =
                commands().stream().filter(c -> !succeeds(c)).toList();
        failed.forEach(c -> spec.commandLine().getErr().println("normlab: this rehearsed command failed: " + c));
        ask(home, written);
        return failed.isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private List<List<String>> commands() {
        String bundle = folder.resolve("evidence.zip").toString();
        String model = folder.resolve("model").toString();
        return List.of(
                List.of("--help"),
                List.of("plan", "smoke"),
                List.of("describe", "plain-8"),
                List.of("schema"),
                List.of("completion"),
                List.of("data", "fashion-mnist-sample"),
                List.of("report", RUN),
                List.of("compare", RUN, AGAIN),
                List.of("verify-claims", RUN),
                List.of("explain", RUN + "/" + TRIAL),
                List.of("explain", "smoke/" + TRIAL),
                List.of("export", RUN, "--out", bundle),
                List.of("verify", bundle),
                List.of("export-model", TRIAL, "--run", RUN, "--no-test-images", "--out", model));
    }

    private static boolean succeeds(List<String> command) {
        String[] words = command.toArray(String[]::new);
        CommandLine line = NormLab.answering(words);
        line.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(Writer.nullWriter()));
        return line.execute(words) == ExitCode.DONE;
    }

    /** What looks at servers. */
    private void ask(Home home, RehearsalStore store) {
        try (RehearsalServer server = new RehearsalServer(store)) {
            try (ConductorEngine engine =
                    new ConductorEngine(new ConductorServer(server.target().conductor()))) {
                attempt(() -> engine.campaigns(1));
            }
            try (Session session = new Session(home, server.target())) {
                attempt(() -> follow(session, RUN));
                attempt(() -> follow(session, AGAIN));
                attempt(() -> session.campaign("none"));
            }
        } catch (IOException noPort) {
            // A start that is slower, nothing else.
        }
    }

    private void follow(Session session, String run) {
        CampaignArchive archive = session.campaign(run);
        String workflow = session.engine().workflowOf(run).orElseThrow();
        try (Progress unseen =
                new LiveProgress(new PrintStream(OutputStream.nullOutputStream()), 80, Clock.systemDefaultZone())) {
            new CampaignRun(session, unseen, new PrintWriter(Writer.nullWriter()), false)
                    .follow(archive.record().orElseThrow(), archive.experiment(), workflow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable question) {
        try {
            question.run();
        } catch (RuntimeException expected) {
            // The tracking server's answers are not those of a real one.
        }
    }
}
