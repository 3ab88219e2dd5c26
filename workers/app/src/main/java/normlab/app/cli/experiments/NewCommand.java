package normlab.app.cli.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ExperimentOptions;
import normlab.app.config.Home;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.platform.config.ExperimentFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

    @Option(names = "--json", description = "Print the result as a JSON object, and no progress.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.tree(experiment));
        } else {
            out.println(experiment.file());
            out.println("Edit it, then: " + experiment.next().getFirst());
        }
        out.flush();
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
