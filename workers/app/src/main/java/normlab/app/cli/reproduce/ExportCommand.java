package normlab.app.cli.reproduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.StoredResults;
import normlab.app.cli.WrittenFile;
import normlab.app.config.CodeVersion;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Packs the evidence of a campaign into one file. */
@Command(
        name = "export",
        description = "Pack the evidence of a campaign into one archive, which `verify` checks on any machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab export quick-20261123-005334-6c03",
            "  ./normlab export quick-20261123-005334-6c03 --models --out evidence.zip"
        })
public final class ExportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CAMPAIGN", description = "Id of the campaign, as `status` lists it.")
    private String run = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write. Default: reports/CAMPAIGN/evidence.zip.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--models", description = "Include the trained weights.")
    private boolean models;

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    public record Printed(String run, String file, String digest, long bytes, int files) {}

    @Override
    public Integer call() {
        Home home = Home.current();
        Path file = out.orElse(home.reports(run).resolve("evidence.zip"))
                .toAbsolutePath()
                .normalize();
        try (StoredResults stored = StoredResults.of(home)) {
            stored.campaign(run);
            EvidenceExport.Exported exported = new EvidenceExport(stored.required(), models)
                    .of(run, ClaimFile.read(home), sbom(home), CodeVersion.of(home.root()), Instant.now());
            WrittenFile.write(file, exported.archive());
            print(new Printed(run, file.toString(), exported.digest(), exported.archive().length, exported.files()));
            return ExitCode.DONE;
        }
    }

    /** None after a build without network, which does not make one. */
    private static Optional<byte[]> sbom(Home home) {
        Path file = home.root().resolve("workers/app/target/sbom.json");
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private void print(Printed exported) {
        output.print(exported, out -> {
            out.printf("Bundle:  %s (%d files, %,d KiB)%n", exported.file(), exported.files(), exported.bytes() >> 10);
            out.println("Digest:  " + exported.digest());
            out.printf("Check it anywhere: ./normlab verify %s --digest %s%n", exported.file(), exported.digest());
        });
    }
}
