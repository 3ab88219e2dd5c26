package normlab.app.cli;

import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.progress.Progress;
import normlab.app.progress.ProgressContext;
import normlab.dataset.DataFolders;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetInventory;
import normlab.dataset.DatasetManifest;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Experiment;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Precision;
import normlab.json.InvalidInputException;
import normlab.json.Problems;
import normlab.learning.ComputeDevice;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkDefinition;
import normlab.learning.network.NetworkSummary;
import normlab.platform.process.Reminder;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;

/** Refuses an experiment that cannot run before anything is started for it, and sees to its data. */
public final class Preflight {
    private final DatasetCatalog catalog;
    private final DatasetInventory inventory;
    private final Progress progress;

    public Preflight(Home home, Progress progress) {
        this.catalog = new DatasetCatalog(home.datasets());
        this.inventory = new DatasetInventory(catalog, DataFolders.ofEnvironment(home.cache()));
        this.progress = progress;
    }

    /**
     * Names are checked first, all of them, since fetching data may take long.
     *
     * @param force whether to train also in a precision for which the device has no arithmetic
     * @throws InvalidInputException if a network or the dataset is unknown, the dataset too small for the split, or its
     *     images for the network
     * @throws TaskFailure if the data is damaged, or no source of it can be reached
     */
    public void check(Experiment experiment, boolean force) throws TaskFailure, InterruptedException {
        names(catalog, experiment, force);
        secure(experiment.dataset());
    }

    /**
     * @param force as above
     * @throws InvalidInputException if a network or the dataset is unknown, the dataset too small for the split, its images
     *     for the network, or the device has no arithmetic for the precision
     */
    public static void names(Home home, Experiment experiment, boolean force) {
        names(new DatasetCatalog(home.datasets()), experiment, force);
    }

    private static void names(DatasetCatalog catalog, Experiment experiment, boolean force) {
        Problems problems = new Problems();
        Optional<Geometry> images = geometry(catalog, experiment.dataset(), problems);
        images.ifPresent(found -> new ExperimentChecks(
                        experiment, catalog.load(experiment.dataset().name()))
                .problems()
                .forEach(problems::add));
        experiment.networks().forEach(name -> collect(problems, () -> fits(name, images)));
        if (!force) {
            collect(problems, () -> computes(experiment.recipe().precision(), ComputeDevice.ofEnvironment()));
        }
        problems.throwIfAny("experiment " + experiment.name());
    }

    /** @return empty where the dataset itself is a problem */
    private static Optional<Geometry> geometry(DatasetCatalog catalog, DatasetSpec dataset, Problems problems) {
        Optional<Geometry> images = Optional.empty();
        try {
            DatasetManifest manifest = catalog.load(dataset.name());
            images = Optional.of(new Geometry(
                    manifest.height(),
                    manifest.width(),
                    manifest.channels(),
                    manifest.classes().size()));
            catalog.fingerprint(dataset);
        } catch (InvalidInputException e) {
            add(problems, e);
        }
        return images;
    }

    /** Pools and strides are the same in every arm, so that one tells for all. */
    private static void fits(String network, Optional<Geometry> images) {
        NetworkDefinition.named(network);
        try {
            images.ifPresent(geometry -> NetworkSummary.of(
                    network, new Design(new Normalization.None(), Activation.RELU, Head.OFF), geometry));
        } catch (InvalidInputException e) {
            throw new InvalidInputException("network " + network, e.problems());
        }
    }

    private static void computes(Precision precision, ComputeDevice device) {
        if (precision != Precision.FLOAT32 && !precision.isFastOn(device.deviceClass())) {
            throw new InvalidInputException(
                    "recipe.precision",
                    "is %s, for which %s has no arithmetic, expected a processor with avx512_bf16 among its flags or a GPU of compute capability 8.0 or more; set it to float32, or give --force to train with float32 products of rounded numbers, about 1.4 times as long as float32 itself"
                            .formatted(precision.word(), device.deviceClass()));
        }
    }

    private static void collect(Problems problems, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            add(problems, e);
        }
    }

    private static void add(Problems problems, InvalidInputException found) {
        found.problems().forEach(problem -> problems.add("[%s] %s".formatted(found.subject(), problem)));
    }

    private void secure(DatasetSpec dataset) throws TaskFailure, InterruptedException {
        Reminder reminder = new Reminder(progress::say, "still fetching or checking the files of " + dataset.name());
        try {
            inventory.secure(dataset, new ProgressContext(progress));
        } catch (TaskInProgress e) {
            throw new InterruptedException(e.getMessage());
        } finally {
            reminder.withdraw();
        }
    }
}
