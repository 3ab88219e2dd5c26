package normlab.app.cli.experiments;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ExperimentOptions;
import normlab.app.cli.Output;
import normlab.app.cli.Preflight;
import normlab.app.config.Home;
import normlab.app.registration.Registration;
import normlab.app.registration.Registrations;
import normlab.app.registration.Registrations.Registered;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes down what an experiment asks, before it is trained. */
@Command(
        name = "register",
        description = "Register an experiment before it is trained: its question, trials and rules, with their hashes.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./normlab register placement", "  ./normlab register placement --supersedes placement"})
public final class RegisterCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "EXPERIMENT",
            description = "Name of the experiment; its file states the protocol.",
            completionCandidates = ExperimentOptions.Names.class)
    private String experiment = "";

    @Option(
            names = "--supersedes",
            paramLabel = "NAME",
            description = "Earlier registration of the experiment that this one replaces.")
    private Optional<String> supersedes = Optional.empty();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    public record Printed(String registration, String experiment, String page, String file, String sha256) {}

    @Override
    public Integer call() {
        Home home = Home.current();
        Experiment resolved = new ExperimentFiles(home.experiments()).load(experiment);
        // Another machine may train it, so what this device lacks does not matter.
        Preflight.names(home, resolved, true);
        Registered registered = new Registrations(home.root())
                .write(resolved, ClaimFile.read(home), supersedes, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        print(new Printed(
                registered.name(),
                experiment,
                path(home, Registration.page(registered.name())),
                path(home, Registration.path(registered.name())),
                registered.sha256()));
        return ExitCode.DONE;
    }

    private static String path(Home home, String file) {
        Path path = home.root().resolve(file);
        return path.toString();
    }

    private void print(Printed registered) {
        output.print(registered, out -> {
            out.println(registered.page());
            out.println(registered.file());
            out.println("SHA-256: " + registered.sha256());
            out.println("Read the page, commit both files, and publish the commit; then: ./normlab run " + experiment);
        });
    }
}
