package normlab.app.cli.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ExperimentOptions;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.platform.config.ExperimentFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the file of an experiment to start from. */
@Command(
        name = "new",
        description = "Write a new experiment into workflows/experiments, for you to edit.",
        footerHeading = "%nExample:%n",
        footer = "  ./normlab new small-batches --from quick")
public final class NewCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = "Name of the new experiment: lower-case letters, digits and hyphens.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "EXPERIMENT",
            description = "Experiment to start from. Default: ${DEFAULT-VALUE}.",
            completionCandidates = ExperimentOptions.Names.class)
    private String from = "quick";

    @Mixin
    private Output output = new Output();

    /**
     * What {@code --json} prints.
     *
     * @param parent the experiment that it starts from
     * @param next commands that use it, in order
     */
    public record Printed(String experiment, String parent, String file, List<String> next) {}

    @Override
    public Integer call() {
        Path folder = Home.current().experiments();
        if (!name.matches("[a-z0-9][a-z0-9-]*") || List.of("arms", "base").contains(name)) {
            throw new InvalidInputException(
                    "experiment " + name, "is not a valid name; expected lower-case letters, digits and hyphens");
        }
        Experiment start = new ExperimentFiles(folder).load(from);
        Path file = folder.resolve(name + ".yaml");
        try {
            Files.writeString(file, template(start), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    "experiment " + name, "exists: " + file + "; edit it or choose another name");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        print(new Printed(name, from, file.toString(), List.of("./normlab plan " + name, "./normlab run " + name)));
        return ExitCode.DONE;
    }

    private void print(Printed experiment) {
        output.print(experiment, out -> {
            out.println(experiment.file());
            out.println("Edit it, then: " + experiment.next().getFirst());
        });
    }

    private String template(Experiment start) {
        return """
                # yaml-language-server: $schema=schema.json
                # Only what differs from %1$s.yaml; workflows/experiments/README.md explains every key.
                extends: %1$s
                description: >-
                  Describe in one sentence the question that %2$s answers.

                activations: [sigmoid, relu]

                recipe:
                  epochs: %3$d

                # null removes an inherited arm. If a comparison names that arm, list the comparisons here again, without it.
                # arms:
                #   bn: {seeds: [1, 2, 3]}
                """.formatted(from, name, start.recipe().epochs());
    }
}
