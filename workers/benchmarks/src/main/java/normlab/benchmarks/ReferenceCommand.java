package normlab.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ReferencePage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the help of all benchmark commands into their page of the reference. */
@Command(name = "reference", hidden = true, description = "Write the help of `bench` and `parity` into a page.")
final class ReferenceCommand implements Callable<Integer> {
    static final String WRITTEN_BY = "make generated";

    @Parameters(paramLabel = "PAGE", description = "The page, with marks for the generated part.")
    private Path page = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        MarkedPage.write(page, WRITTEN_BY, text(spec.root().commandLine()));
        return ExitCode.DONE;
    }

    static String text(CommandLine root) {
        return ReferencePage.sections(root);
    }
}
