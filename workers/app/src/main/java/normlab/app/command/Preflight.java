package normlab.app.command;

import normlab.app.Home;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetInventory;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Problems;
import normlab.learning.network.NetworkDefinition;
import normlab.task.HandBack;
import normlab.task.TaskFailure;

/** Refuses an experiment that cannot run before anything is started for it, and sees to its data. */
final class Preflight {
    private final DatasetCatalog catalog;
    private final DatasetInventory inventory;
    private final Progress progress;

    Preflight(Home home, Progress progress) {
        this.catalog = new DatasetCatalog(home.datasets());
        this.inventory = new DatasetInventory(catalog, DataFolders.ofEnvironment(home.cache()));
        this.progress = progress;
    }

    /**
     * Names are checked first, all of them, since fetching data may take long.
     *
     * @throws InvalidInputException if a network or the dataset is unknown, or the dataset too small for the split
     * @throws TaskFailure if the data is damaged, or no source of it can be reached
     */
    void check(Experiment experiment) throws TaskFailure, InterruptedException {
        names(catalog, experiment);
        secure(experiment.dataset());
    }

    /** @throws InvalidInputException if a network or the dataset is unknown, or the dataset too small for the split */
    static void names(Home home, Experiment experiment) {
        names(new DatasetCatalog(home.datasets()), experiment);
    }

    private static void names(DatasetCatalog catalog, Experiment experiment) {
        Problems problems = new Problems();
        experiment.networks().forEach(name -> collect(problems, () -> NetworkDefinition.named(name)));
        collect(problems, () -> catalog.fingerprint(experiment.dataset()));
        problems.throwIfAny("experiment " + experiment.name());
    }

    private static void collect(Problems problems, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> problems.add("[%s] %s".formatted(e.subject(), problem)));
        }
    }

    private void secure(DatasetSpec dataset) throws TaskFailure, InterruptedException {
        try {
            inventory.secure(dataset, new ProgressContext(progress));
        } catch (HandBack e) {
            throw new InterruptedException(e.getMessage());
        }
    }
}
