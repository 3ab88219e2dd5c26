package normlab.app.cli.reproduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.config.CodeVersion;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceCheck;
import normlab.app.evidence.EvidenceVerification;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an evidence bundle without network, stack or data. */
@Command(
        name = "verify",
        description = "Check an evidence bundle: verify every hash and recompute statistics, claims and figures.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab verify evidence.zip --digest 9f86d081…")
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "Bundle that `export` wrote.")
    private Path bundle = Path.of("");

    @Option(
            names = "--digest",
            paramLabel = "SHA256",
            description = "Digest that `export` printed, to make sure that it is the same bundle.")
    private Optional<String> digest = Optional.empty();

    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path checkout = Home.current().root();
        EvidenceVerification.Verdict verdict = new EvidenceVerification(
                        read(bundle, digest), bundle.toString(), new Git(checkout))
                .verify(digest, CodeVersion.of(checkout));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(verdict));
        } else {
            print(verdict, out);
        }
        out.flush();
        return verdict.right() ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    /** @throws InvalidInputException if there is no such file, or the digest does not have the form of one */
    static byte[] read(Path bundle, Optional<String> digest) {
        digest.filter(d -> !d.matches("[0-9a-fA-F]{64}")).ifPresent(d -> {
            throw new InvalidInputException(
                    "--digest " + d, "is not a SHA-256; expected the 64 digits that export printed");
        });
        try {
            return Files.readAllBytes(bundle);
        } catch (IOException e) {
            throw new InvalidInputException(
                    bundle.toString(), "cannot be read, expected a file that ./normlab export wrote");
        }
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
