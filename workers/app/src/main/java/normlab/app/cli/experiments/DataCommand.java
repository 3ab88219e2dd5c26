package normlab.app.cli.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.app.progress.ProgressContext;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetInventory;
import normlab.dataset.Holding;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows which datasets there are and which of them this machine has, verified; fetches them or takes them from a folder. */
@Command(name = "data", description = "List the datasets; fetch or verify one of them.")
public final class DataCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Name of a dataset. Default: all datasets.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--fetch", description = "Download the missing files from the first source that has them.")
    private boolean fetch;

    @Option(
            names = "--from",
            paramLabel = "FOLDER",
            description = "Verify the dataset's files in this folder and use them from there.")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--json", description = "Print the result as a JSON array.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws TaskFailure, TaskInProgress, InterruptedException {
        Home home = Home.current();
        DatasetCatalog catalog = new DatasetCatalog(home.datasets());
        DatasetInventory inventory = new DatasetInventory(catalog, DataFolders.ofEnvironment(home.cache()));
        if ((fetch || from.isPresent()) && name.isEmpty()) {
            throw new InvalidInputException("data", "--fetch and --from need the NAME of a dataset");
        }
        try (Progress progress = Output.progress(spec, json)) {
            TaskContext context = new ProgressContext(progress);
            if (from.isPresent()) {
                inventory.adopt(name.orElseThrow(), from.get(), context);
            } else if (fetch) {
                inventory.fetch(name.orElseThrow(), context);
            }
            List<Holding> holdings = new ArrayList<>();
            for (String each : name.map(List::of).orElseGet(inventory::names)) {
                holdings.add(inventory.look(each, context));
            }
            print(holdings, catalog, spec.commandLine().getOut());
            boolean damaged = holdings.stream().anyMatch(h -> h.state() == Holding.State.DAMAGED);
            return damaged ? ExitCode.CONFIGURATION : ExitCode.DONE;
        }
    }

    /** The licence's name in the table; the whole of it, with holder and address, below a dataset that was asked for. */
    private void print(List<Holding> holdings, DatasetCatalog catalog, PrintWriter out) {
        if (json) {
            out.println(Json.tree(holdings));
            return;
        }
        out.printf("%-22s %-10s %10s %12s  %s%n", "DATASET", "STATE", "IMAGES", "MiB", "LICENCE");
        for (Holding h : holdings) {
            out.printf(
                    "%-22s %-10s %,10d %,12.1f  %s%n",
                    h.name(),
                    h.state(),
                    h.images(),
                    h.bytes() / (1024.0 * 1024.0),
                    catalog.load(h.name()).licence().name());
            if (name.isPresent()) {
                out.printf("%22s %s%n", "", h.licence());
            }
            if (!h.where().isEmpty()) {
                out.printf("%22s %s%n", "", h.where());
            }
            if (!h.detail().isEmpty()) {
                out.printf("%22s %s%n", "", h.detail().replace("; ", ";%n%23s".formatted("")));
            }
        }
    }
}
