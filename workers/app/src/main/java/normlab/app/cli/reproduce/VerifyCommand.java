package normlab.app.cli.reproduce;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.CodeVersion;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceCheck;
import normlab.app.evidence.EvidenceVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks an evidence bundle without network, stack or data. */
@Command(
        name = "verify",
        description = "Check an evidence bundle: verify every hash and recompute statistics, claims and figures.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab verify evidence.zip --digest 9f86d081…")
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "Bundle that `export` wrote.")
    private Path bundle = Path.of("");

    @Mixin
    private BundleDigest digest = new BundleDigest();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Path checkout = Home.current().root();
        EvidenceVerification.Verdict verdict = new EvidenceVerification(
                        digest.read(bundle), bundle.toString(), new Git(checkout))
                .verify(digest.expected(), CodeVersion.of(checkout));
        output.print(verdict, out -> print(verdict, out));
        return verdict.right() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private static void print(EvidenceVerification.Verdict verdict, PrintWriter out) {
        for (EvidenceCheck check : verdict.checks()) {
            out.printf("%-11s  %s: %s%n", word(check.outcome()), check.subject(), check.detail());
        }
        out.println();
        out.println(
                verdict.right()
                        ? "Campaign %s: the bundle is intact. Digest %s".formatted(verdict.run(), verdict.digest())
                        : "This bundle was changed after the export, or contradicts its own journals or its registration.");
    }

    private static String word(EvidenceCheck.Outcome outcome) {
        return switch (outcome) {
            case RIGHT -> "right";
            case WRONG -> "WRONG";
            case NOT_CHECKED -> "not checked";
        };
    }
}
