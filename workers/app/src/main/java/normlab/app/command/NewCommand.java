package normlab.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.platform.config.ExperimentFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the file of an experiment to start from. */
@Command(
        name = "new",
        description = "Write a new experiment into workflows/experiments, to be edited.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab new small-batches --from quick")
final class NewCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Lower-case letters, digits and -.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "EXPERIMENT",
            description = "The experiment to start from: ${DEFAULT-VALUE} unless another is named.",
            completionCandidates = ExperimentNames.class)
    private String from = "quick";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path folder = NormLab.home().experiments();
        if (!name.matches("[a-z0-9][a-z0-9-]*") || name.equals("base")) {
            throw new InvalidInputException(
                    "experiment " + name, "is no name for an experiment, expected lower-case letters, digits and -");
        }
        Experiment start = new ExperimentFiles(folder).load(from);
        Path file = folder.resolve(name + ".yaml");
        try {
            Files.writeString(file, template(start), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    "experiment " + name, "exists: " + file + "; edit it, or take another name");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        spec.commandLine().getOut().printf("%s%nEdit it, then: ./normlab plan %s%n", file, name);
        return ExitCode.DONE;
    }

    private String template(Experiment start) {
        return """
                # yaml-language-server: $schema=schema.json
                # Only what differs from %1$s.yaml; workflows/experiments/README.md explains every key.
                extends: %1$s
                description: >-
                  What %2$s asks, in a sentence.

                activations: [sigmoid, relu]

                recipe:
                  epochs: %3$d

                # null removes an inherited arm; then the comparisons that name it must be given anew.
                # arms:
                #   bn: {seeds: [1, 2, 3]}
                """.formatted(from, name, start.recipe().epochs());
    }
}
