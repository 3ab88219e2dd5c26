package normlab.app.cli.experiments;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.cli.WrittenFile;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.app.progress.ProgressContext;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetInventory;
import normlab.json.InvalidInputException;
import normlab.platform.process.Reminder;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows which datasets there are and which of them this machine has, verified; fetches them or takes them from a folder. */
@Command(
        name = "data",
        description = "List the datasets; fetch, verify, import or look at one of them.",
        subcommands = ImportCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab data",
            "  ./normlab data cifar-10 --from ~/cifar10",
            "  ./normlab data cifar-10 --sheet cifar-10.png",
            "  ./normlab data import ~/photos --name photos --resize 32x32"
        })
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

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Draw some training images of each class into this PNG file, to look at.")
    private Optional<Path> sheet = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws TaskFailure, TaskInProgress, InterruptedException {
        Home home = Home.current();
        DatasetCatalog catalog = new DatasetCatalog(home.datasets());
        DatasetInventory inventory = new DatasetInventory(catalog, DataFolders.ofEnvironment(home.cache()));
        if ((fetch || from.isPresent() || sheet.isPresent()) && name.isEmpty()) {
            throw new InvalidInputException("data", "--fetch, --from and --sheet need the NAME of a dataset");
        }
        try (Progress progress = output.progress()) {
            List<DatasetInventory.Entry> entries = entries(home, inventory, progress);
            output.print(entries, out -> print(entries, catalog, out));
            boolean damaged = entries.stream().anyMatch(h -> h.state() == DatasetInventory.State.DAMAGED);
            return damaged ? ExitCode.CONFIGURATION : ExitCode.DONE;
        }
    }

    private List<DatasetInventory.Entry> entries(Home home, DatasetInventory inventory, Progress progress)
            throws TaskFailure, TaskInProgress, InterruptedException {
        TaskContext context = new ProgressContext(progress);
        Reminder reminder = new Reminder(progress::say, "still fetching or checking files");
        try {
            if (from.isPresent()) {
                inventory.adopt(name.orElseThrow(), from.get(), context);
            } else if (fetch) {
                inventory.fetch(name.orElseThrow(), context);
            }
            if (sheet.isPresent()) {
                draw(home, inventory, sheet.get(), progress);
            }
            List<DatasetInventory.Entry> entries = new ArrayList<>();
            for (String each : name.map(List::of).orElseGet(inventory::names)) {
                entries.add(inventory.look(each, context));
            }
            return entries;
        } finally {
            reminder.withdraw();
        }
    }

    private void draw(Home home, DatasetInventory inventory, Path file, Progress progress)
            throws TaskFailure, TaskInProgress, InterruptedException {
        TaskContext context = new ProgressContext(progress);
        if (!inventory.isImported(name.orElseThrow())) {
            WrittenFile.write(file, inventory.sheet(name.orElseThrow(), context));
            return;
        }
        try (Session session = Session.up(home, progress)) {
            DatasetInventory stored = new DatasetInventory(
                    new DatasetCatalog(home.datasets()),
                    DataFolders.ofEnvironment(home.cache()),
                    session.connections().store());
            WrittenFile.write(file, stored.sheet(name.orElseThrow(), context));
        }
    }

    /** The licence's name in the table; the whole of it, with holder and address, below a dataset that was asked for. */
    private void print(List<DatasetInventory.Entry> entries, DatasetCatalog catalog, PrintWriter out) {
        out.printf("%-22s %-10s %10s %12s  %s%n", "DATASET", "STATE", "IMAGES", "MiB", "LICENCE");
        for (DatasetInventory.Entry h : entries) {
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
