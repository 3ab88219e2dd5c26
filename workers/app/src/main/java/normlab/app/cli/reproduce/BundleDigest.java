package normlab.app.cli.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.json.InvalidInputException;
import picocli.CommandLine.Option;

/** The option by which commands that read a bundle make sure that it is the right one. */
final class BundleDigest {
    @Option(
            names = "--digest",
            paramLabel = "SHA256",
            description = "Digest that `export` printed, to make sure that it is the same bundle.")
    private Optional<String> expected = Optional.empty();

    Optional<String> expected() {
        return expected;
    }

    /** @throws InvalidInputException if there is no such file, or the digest does not have the form of one */
    byte[] read(Path bundle) {
        expected.filter(d -> !d.matches("[0-9a-fA-F]{64}")).ifPresent(d -> {
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
}
