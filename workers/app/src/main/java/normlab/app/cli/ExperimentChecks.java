package normlab.app.cli;

import java.util.ArrayList;
import java.util.List;
import normlab.dataset.DatasetManifest;
import normlab.experiment.Arm;
import normlab.experiment.Comparison;
import normlab.experiment.Experiment;
import normlab.experiment.Probes;
import normlab.experiment.Recipe;
import normlab.experiment.Schedule;

/**
 * What an experiment asks for and cannot have with the images of its dataset. Where classes differ in size, the number of
 * images is an upper bound, so nothing is refused that could be trained.
 */
final class ExperimentChecks {
    private final Experiment experiment;
    private final Recipe recipe;
    private final DatasetManifest manifest;
    private final long images;
    private final long stepsPerEpoch;
    private final List<String> problems = new ArrayList<>();

    ExperimentChecks(Experiment experiment, DatasetManifest manifest) {
        this.experiment = experiment;
        this.recipe = experiment.recipe();
        this.manifest = manifest;
        this.images =
                (long) experiment.dataset().trainPerClass() * manifest.classes().size();
        this.stepsPerEpoch = images / recipe.batchSize();
    }

    /** Each with the key to change; empty if there are none. */
    List<String> problems() {
        problems.clear();
        if (stepsPerEpoch == 0) {
            refuse(
                    "recipe.batchSize",
                    "is %d, expected at most the %d training images (%d of each of %d classes); lower it, or raise dataset.trainPerClass",
                    recipe.batchSize(),
                    images,
                    experiment.dataset().trainPerClass(),
                    manifest.classes().size());
        } else {
            checkWarmup();
            experiment.probes().ifPresent(this::check);
        }
        checkAugmentation();
        experiment.comparisons().forEach(this::check);
        return List.copyOf(problems);
    }

    /** Otherwise no step has the learning rate that the experiment states. */
    private void checkWarmup() {
        long steps = stepsPerEpoch * recipe.epochs();
        if (recipe.warmupSteps() >= steps) {
            refuse(
                    "recipe.warmupSteps",
                    "is %d, expected fewer than the %d steps of the whole training (%d epochs of %d steps); lower it, or raise recipe.epochs",
                    recipe.warmupSteps(),
                    steps,
                    recipe.epochs(),
                    stepsPerEpoch);
        } else if (recipe.schedule() instanceof Schedule.Steps stairs
                && recipe.warmupSteps() >= stairs.atEpochs().getFirst() * stepsPerEpoch) {
            refuse(
                    "recipe.warmupSteps",
                    "is %d, expected fewer than the %d steps before the first of schedule.atEpochs, %s; lower it, or raise the epoch",
                    recipe.warmupSteps(),
                    stairs.atEpochs().getFirst() * stepsPerEpoch,
                    stairs.atEpochs().getFirst());
        }
    }

    private void check(Probes probes) {
        if (probes.gradient().isPresent() && stepsPerEpoch < 2) {
            refuse(
                    "probes.gradient",
                    "needs two batches for a variance, and the %d training images are one batch of %d; lower recipe.batchSize, raise dataset.trainPerClass, or set it to null",
                    images,
                    recipe.batchSize());
        }
        if (probes.beforeRateDrops()
                && probes.fractions().isEmpty()
                && probes.trainingLosses().isEmpty()
                && recipe.schedule() instanceof Schedule.Cosine) {
            refuse(
                    "probes.beforeRateDrops",
                    "is the only moment to probe at, and a cosine has no drops; set recipe.schedule to steps, or name probes.fractions");
        }
    }

    private void checkAugmentation() {
        if (recipe.augmentation().isEmpty()) {
            return;
        }
        if (manifest.format().isStreamed()) {
            refuse(
                    "recipe.augmentation",
                    "is set, expected null: the images of %s are cropped and mirrored as they are decoded",
                    manifest.name());
            return;
        }
        int crop = recipe.augmentation().get().crop();
        int side = Math.min(manifest.height(), manifest.width());
        if (crop >= side) {
            refuse(
                    "recipe.augmentation.crop",
                    "is %d, expected less than the %d pixels of an image's side: some crops would be all black",
                    crop,
                    side);
        }
    }

    private void check(Comparison comparison) {
        Arm treatment = experiment.arms().get(comparison.treatment());
        Arm baseline = experiment.arms().get(comparison.baseline());
        if (treatment != null && baseline != null && treatment.seeds().stream().noneMatch(baseline.seeds()::contains)) {
            refuse(
                    "comparisons",
                    "%s - %s is paired by seed, and they share none: %s and %s; give arms.%s.seeds one of the other's",
                    comparison.treatment(),
                    comparison.baseline(),
                    treatment.seeds(),
                    baseline.seeds(),
                    comparison.treatment());
        }
    }

    private void refuse(String key, String problem, Object... values) {
        problems.add("[%s] %s".formatted(key, problem.formatted(values)));
    }
}
