package normlab.app.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.Connections;
import normlab.app.Home;
import normlab.app.Target;
import normlab.app.campaign.SampleCampaign;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.mlflow.MlflowServer;
import normlab.platform.s3.S3Settings;
import normlab.platform.s3.StoreFolder;
import normlab.platform.stack.Endpoints;
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
    /** The discard port: nothing answers, and the clients' classes are loaded all the same. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private static final String RUN = "rehearsal";
    private static final String TRIAL = "sigmoid-bn-s1";

    @Parameters(paramLabel = "DIR", description = "An empty folder to write to.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Home home = new Home(NormLab.home().root(), folder.resolve("data"));
        StoreFolder store = new StoreFolder(home.stack().data("s3").resolve(Endpoints.BUCKET));
        new SampleCampaign(home, new RehearsalStore(store), RUN).written();
        home.use();
        List<List<String>> failed =
                commands().stream().filter(c -> !succeeds(c)).toList();
        failed.forEach(c -> spec.commandLine().getErr().println("normlab: this rehearsed command failed: " + c));
        askNobody();
        askConductor();
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
                List.of("compare", RUN, RUN),
                List.of("verify-claims", RUN),
                List.of("explain", RUN + "/" + TRIAL),
                List.of("explain", "smoke/" + TRIAL),
                List.of("export", RUN, "--out", bundle),
                List.of("verify", bundle),
                List.of("export-model", TRIAL, "--run", RUN, "--no-test-images", "--out", model));
    }

    private static boolean succeeds(List<String> command) {
        CommandLine line = NormLab.commandLine();
        line.setOut(new PrintWriter(Writer.nullWriter())).setErr(new PrintWriter(Writer.nullWriter()));
        return line.execute(command.toArray(String[]::new)) == ExitCode.DONE;
    }

    /** One campaign without tasks: what reads it is the same whatever it contains. */
    private static void askConductor() {
        try {
            HttpServer conductor = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            conductor.createContext(
                    "/",
                    exchange -> answer(
                            exchange,
                            exchange.getRequestURI().getPath().endsWith("/search")
                                    ? "{\"totalHits\":1,\"results\":[{\"startTime\":\"2026-01-01T00:00:00Z\",\"status\":\"COMPLETED\"}]}"
                                    : "{\"status\":\"COMPLETED\",\"tasks\":[]}"));
            conductor.start();
            URI address =
                    URI.create("http://127.0.0.1:" + conductor.getAddress().getPort());
            try (ConductorEngine engine = new ConductorEngine(new ConductorServer(address))) {
                attempt(() -> engine.campaigns(1));
                attempt(() -> engine.state("none"));
            } finally {
                conductor.stop(0);
            }
        } catch (IOException noPort) {
            // A start that is slower, nothing else.
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void askNobody() {
        S3Settings store = new S3Settings(NOBODY, "us-east-1", "normlab", "nobody", "nothing", Optional.empty());
        Target target = new Target(NOBODY, MlflowServer.open(NOBODY), store);
        try (Connections connections = Connections.to(target)) {
            attempt(() -> connections.store().exists("runs/none/run.json"));
            attempt(() -> connections.tracker().chartsLink("none"));
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
