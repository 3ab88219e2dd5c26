package normlab.app.cli.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.app.progress.ProgressContext;
import normlab.dataset.DatasetManifest;
import normlab.dataset.FolderImport;
import normlab.dataset.ImageContent;
import normlab.dataset.ImportOptions;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.task.TaskInProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Makes a user's own images a dataset. */
@Command(
        name = "import",
        description = {
            "Make a folder of images a dataset: train/CLASS/* and test/CLASS/*, or CLASS/* alone.",
            "All images are read and all problems are reported together. The images go into the store and a manifest into datasets/."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./normlab data import ~/photos --name photos --resize 32x32 --licence CC-BY-4.0")
public final class ImportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            description = "Folder with a folder of PNG, JPEG, BMP, GIF or WebP files for each class.")
    private Path folder = Path.of("");

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "Name of the dataset: lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--resize",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Scale every image to this size, after cutting it to the ratio of the sides.")
    private Optional<ImportOptions.Size> resize = Optional.empty();

    @Option(
            names = "--channels",
            paramLabel = "NUMBER",
            description = "Make every image grey (1) or coloured (3). Default: as they are.")
    private Optional<Integer> channels = Optional.empty();

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            description = "Share of each class for the test set, where the folder has none. Default: ${DEFAULT-VALUE}.")
    private double testShare = 0.2;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description =
                    "Decides which images are the test set, where the folder has none. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--skip-unusable",
            description = "Leave out files that cannot be used, such as damaged ones, and list them.")
    private boolean skipUnusable;

    @Option(names = "--licence", paramLabel = "TEXT", description = "Licence of the images. Default: ${DEFAULT-VALUE}.")
    private String licence = "not stated";

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param existed whether it had been imported before, with the same content
     * @param remarks duplicates, files that were left out, the rule of the test set
     * @param next a command that trains on it
     */
    public record Printed(
            String dataset, String file, boolean existed, ImageContent content, List<String> remarks, String next) {}

    /** Reads {@code 32x48}: width, then height. */
    static final class SizeConverter implements ITypeConverter<ImportOptions.Size> {
        private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})[x×]([1-9][0-9]{0,4})");

        @Override
        public ImportOptions.Size convert(String value) {
            Matcher size = SIZE.matcher(value);
            if (!size.matches()) {
                throw new TypeConversionException("'%s' is not a size such as 32x32".formatted(value));
            }
            return new ImportOptions.Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        }
    }

    @Override
    public Integer call() throws TaskInProgress, InterruptedException {
        ImportOptions options = new ImportOptions(name, resize, channels, testShare, seed, skipUnusable, licence);
        Home home = Home.current();
        // The folder first: whoever has a broken one need not wait for the servers.
        try (Progress progress = output.progress();
                FolderImport images = FolderImport.read(
                        folder.toAbsolutePath(),
                        options,
                        home.datasets(),
                        home.cache(),
                        new ProgressContext(progress));
                Session session = Session.up(home, progress)) {
            print(images.write(session.connections().store()));
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new InvalidInputException(folder.toString(), "cannot be imported (%s)".formatted(e));
        }
    }

    private void print(FolderImport.Imported imported) {
        DatasetManifest manifest = imported.manifest();
        ImageContent content = manifest.content().orElseThrow();
        int validation = Math.max(1, content.smallestClass() / 10);
        String next = "./normlab run smoke --set 'dataset={name: %s, trainPerClass: %d, validationPerClass: %d}'"
                .formatted(manifest.name(), content.largestClass() - validation, validation);
        PrintWriter out = output.out();
        if (output.json()) {
            String file = imported.file().toString();
            out.println(Json.tree(
                    new Printed(manifest.name(), file, imported.existed(), content, imported.remarks(), next)));
        } else {
            out.printf(
                    "%s: %,d training and %,d test images of %d classes, %d×%d×%d%s%n",
                    manifest.name(),
                    content.train(),
                    content.test(),
                    manifest.classes().size(),
                    manifest.width(),
                    manifest.height(),
                    manifest.channels(),
                    imported.existed() ? ", imported before with the same content" : "");
            imported.remarks().forEach(out::println);
            out.println(imported.file());
            out.printf("Look at them:   ./normlab data %s --sheet %1$s.png%n", manifest.name());
            out.println("Train on them:  " + next);
        }
        out.flush();
    }
}
