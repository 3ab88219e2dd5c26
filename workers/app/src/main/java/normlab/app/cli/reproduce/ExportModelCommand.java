package normlab.app.cli.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.ModelFiles;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.StoredResults;
import normlab.app.cli.WrittenFile;
import normlab.app.config.Home;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.port.ArtifactStore;
import normlab.port.TrackedRun.Attachment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the trained network of a trial into a folder, for PyTorch. */
@Command(
        name = "export-model",
        description = "Export a trial's model: safetensors, a model card, and Python code that loads and evaluates it.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab export-model sigmoid-cbn-s1 --campaign quick-20261125-101500-0a1b --out model")
public final class ExportModelCommand implements Callable<Integer> {
    private static final int SHORTEST_KEY = 6;

    @Parameters(
            paramLabel = "TRIAL",
            description = "Label or key of the trial; the first six digits of the key are enough.")
    private String trial = "";

    @Option(
            names = {"--campaign", "--run"},
            required = true,
            paramLabel = "CAMPAIGN",
            description = "Id of the trial's campaign, as `status` lists it.")
    private String run = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write to; created if it does not exist.")
    private Path out = Path.of(".");

    @Option(names = "--no-test-images", description = "Leave out the test images and the script that needs them.")
    private boolean withoutTest;

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param testAccuracy what NormLab measured, and the exported script measures again
     */
    public record Printed(
            String trial, String key, String run, String folder, List<WrittenFile> files, double testAccuracy) {}

    @Override
    public Integer call() {
        try (StoredResults stored = StoredResults.of(Home.current())) {
            stored.campaign(run);
            ArtifactStore store = stored.required();
            CampaignContents contents = CampaignContents.read(store, run);
            Trial found = find(contents);
            ModelFiles model = new ModelFiles(store, contents, found);
            List<Attachment> files = new ArrayList<>(model.model());
            if (!withoutTest) {
                files.addAll(model.test());
            }
            List<WrittenFile> written =
                    files.stream().map(f -> WrittenFile.into(out, f)).toList();
            print(new Printed(
                    found.planned().label(),
                    found.planned().key(),
                    run,
                    out.toAbsolutePath().normalize().toString(),
                    written,
                    found.result().orElseThrow().test().top1()));
            return ExitCode.DONE;
        }
    }

    private Trial find(CampaignContents contents) {
        List<Trial> found = contents.trials().stream().filter(this::isMeant).toList();
        if (found.size() != 1) {
            List<String> labels =
                    contents.trials().stream().map(t -> t.planned().label()).toList();
            throw new InvalidInputException(
                    trial,
                    "names %d trials of %s, expected one%s"
                            .formatted(found.size(), run, StrictBinding.suggestion(trial, labels)));
        }
        return found.getFirst();
    }

    private boolean isMeant(Trial candidate) {
        return candidate.planned().label().equals(trial)
                || (trial.length() >= SHORTEST_KEY && candidate.planned().key().startsWith(trial));
    }

    private void print(Printed exported) {
        output.print(exported, printer -> {
            printer.printf("%s of %s is in %s:%n", exported.trial(), run, out);
            exported.files().forEach(f -> printer.println("  " + f.path()));
            printer.printf("Test accuracy %.4f", exported.testAccuracy());
            printer.println(
                    exported.files().stream().anyMatch(f -> f.path().equals(ModelFiles.SCRIPT))
                            ? "; with PyTorch and safetensors installed: cd %s && python %s"
                                    .formatted(out, ModelFiles.SCRIPT)
                            : "");
        });
    }
}
