package normlab.app.cli.reproduce;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceImport;
import normlab.app.evidence.EvidenceImport.Imported;
import normlab.app.evidence.EvidenceImport.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes the trials of a bundle into the store. */
@Command(
        name = "import",
        description =
                "Import the trials of a bundle into the store, each verified first; `run` then finds them cached.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab import evidence.zip --digest 9f86d081…")
public final class ImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "Bundle that `export --models` wrote.")
    private Path bundle = Path.of("");

    @Mixin
    private BundleDigest digest = new BundleDigest();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        byte[] archive = digest.read(bundle);
        Home home = Home.current();
        try (Session session = Session.up(home, output.progress())) {
            session.connections().store().ensureBucket();
            Imported imported = new EvidenceImport(
                            archive,
                            bundle.toString(),
                            digest.expected(),
                            session.connections().store(),
                            ClaimFile.read(home))
                    .run();
            output.print(imported, out -> print(imported, out));
            return imported.count(State.REFUSED) == 0 ? ExitCode.DONE : ExitCode.DIFFERENT;
        }
    }

    private static void print(Imported imported, PrintWriter out) {
        imported.trials().stream()
                .filter(t -> t.state() == State.REFUSED)
                .forEach(t -> out.printf("REFUSED  %s: %s%n", t.label(), t.detail()));
        out.printf(
                "%d trials: %d imported, %d already there, %d without a result, %d refused%n",
                imported.trials().size(),
                imported.count(State.IMPORTED),
                imported.count(State.THERE),
                imported.count(State.UNFINISHED),
                imported.count(State.REFUSED));
        imported.campaigns().forEach(campaign -> out.println("Report:  ./normlab report " + campaign));
    }
}
