package normlab.app.forecast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import normlab.app.config.Home;
import normlab.app.config.Slots;
import normlab.app.forecast.Forecast.Need;
import normlab.app.forecast.Forecast.Row;
import normlab.app.forecast.Forecast.State;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetManifest;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.TrialSpec;
import normlab.learning.ComputeDevice;
import normlab.learning.LearningStack;
import normlab.learning.data.Geometry;
import normlab.port.ArtifactStore;
import normlab.provenance.Machine;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.registration.RegistrationStatus;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** Foretells a campaign from what lies in the store and what this machine has. Nothing is started, fetched or written. */
public final class Forecaster {
    private final Home home;
    private final Optional<ArtifactStore> store;
    private final String cache;
    private final Clock clock;

    /**
     * @param store to look for complete trials in; none if nothing has been stored yet
     * @param cache what the store is, in words
     */
    public Forecaster(Home home, Optional<ArtifactStore> store, String cache, Clock clock) {
        this.home = home;
        this.store = store;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * @param fresh whether everything is trained again, whatever the store has
     * @throws normlab.json.InvalidInputException if the dataset is unknown, or too small for the split
     */
    public Forecast of(Experiment experiment, boolean fresh) {
        DatasetCatalog catalog = new DatasetCatalog(home.datasets());
        DatasetManifest manifest = catalog.load(experiment.dataset().name());
        String fingerprint = catalog.fingerprint(experiment.dataset());
        Slots slots = Slots.ofThisMachine();
        TrainingStack stack = LearningStack.current(slots.threads());
        List<ArmTrial> trials = experiment.trials();
        List<String> keys = trials.stream()
                .map(t -> new TrialIdentity(t.spec(), fingerprint, stack).key())
                .toList();
        List<Boolean> cached = keys.stream().map(k -> !fresh && isComplete(k)).toList();
        Timings timings = cached.contains(false)
                ? store.map(s -> Timings.of(s, stack.deviceClass(), unseen(slots)))
                        .orElse(Timings.none(stack.deviceClass(), unseen(slots)))
                : Timings.none(stack.deviceClass(), unseen(slots));
        Geometry images = new Geometry(
                manifest.height(),
                manifest.width(),
                manifest.channels(),
                manifest.classes().size());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String label = trials.get(i).label();
            Optional<Timings.Estimate> estimate =
                    cached.get(i) ? Optional.empty() : timings.of(trials.get(i).spec(), images);
            rows.add(new Row(
                    label,
                    keys.get(i),
                    cached.get(i) ? State.CACHED : State.TRAIN,
                    estimate.map(Timings.Estimate::length),
                    cached.get(i) ? "" : estimate.map(Timings.Estimate::basis).orElse(unknown(slots))));
        }
        List<TrialSpec> toTrain = IntStream.range(0, rows.size())
                .filter(i -> !cached.get(i))
                .mapToObj(i -> trials.get(i).spec())
                .toList();
        return forecast(experiment, rows, slots, needs(toTrain, slots, manifest));
    }

    private static Timings.Unseen unseen(Slots slots) {
        boolean tf32 = ComputeDevice.ofEnvironment().tf32();
        return slots.gpus().stream()
                .findFirst()
                .map(gpu -> Timings.onGpu(
                        gpu, Math.ceilDiv(slots.count(), slots.gpus().size()), tf32))
                .orElse(Timings::onProcessor);
    }

    private static String unknown(Slots slots) {
        return slots.gpus().stream()
                .findFirst()
                .map(gpu -> "no published figure for %s: known after the first epoch".formatted(gpu.name()))
                .orElse("no trial of this network has run here");
    }

    private boolean isComplete(String key) {
        return store.filter(s -> new TrialArchive(s, TrialId.shared(key)).isComplete())
                .isPresent();
    }

    private Forecast forecast(Experiment experiment, List<Row> rows, Slots slots, List<Need> needs) {
        double seconds = rows.stream().mapToDouble(r -> r.seconds().orElse(0.0)).sum();
        double wall = wall(rows, slots.count());
        List<Row> toTrain = rows.stream().filter(r -> r.state() == State.TRAIN).toList();
        int unknown = (int) toTrain.stream().filter(r -> r.seconds().isEmpty()).count();
        Instant end = clock.instant().plus(Duration.ofSeconds(Math.round(wall)));
        return new Forecast(
                experiment.name(),
                cache,
                slots.count(),
                rows,
                seconds / 3600,
                wall / 3600,
                unknown,
                unknown == 0 ? Optional.of(end) : Optional.empty(),
                needs,
                RegistrationStatus.none());
    }

    /** Each slot takes the next trial when it is free. */
    private static double wall(List<Row> rows, int slots) {
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int i = 0; i < slots; i++) {
            free.add(0.0);
        }
        double last = 0;
        for (Row row : rows) {
            if (row.seconds().isPresent()) {
                double end = free.remove() + row.seconds().get();
                free.add(end);
                last = Math.max(last, end);
            }
        }
        return last;
    }

    private List<Need> needs(List<TrialSpec> toTrain, Slots slots, DatasetManifest manifest) {
        if (toTrain.isEmpty()) {
            return List.of();
        }
        List<Need> needs = new ArrayList<>();
        slots.gpuMemoryMiB()
                .ifPresent(mib -> needs.add(new Need(
                        "a GPU's memory for each of its slots",
                        Requirements.largestMiB(toTrain, manifest),
                        mib,
                        "lower NORMLAB_SLOTS_PER_GPU or recipe.batchSize, or take a larger GPU")));
        needs.addAll(List.of(
                new Need(
                        "memory",
                        Requirements.memoryMiB(slots, toTrain, manifest),
                        Machine.current().memoryMiB(),
                        "lower NORMLAB_SLOTS, or take a larger machine"),
                new Need(
                        "disk at " + home.data(),
                        Requirements.diskMiB(slots, toTrain, manifest),
                        freeMiB(home.data()),
                        "free some, or lay .normlab on another disk")));
        return needs;
    }

    private static long freeMiB(Path folder) {
        Path there = folder.toAbsolutePath();
        for (Path up = there; up != null; up = up.getParent()) {
            if (Files.exists(up)) {
                there = up;
                break;
            }
        }
        try {
            return Files.getFileStore(there).getUsableSpace() >> 20;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the free space of " + there, e);
        }
    }
}
