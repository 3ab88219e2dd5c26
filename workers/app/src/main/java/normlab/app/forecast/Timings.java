package normlab.app.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import normlab.experiment.TrialSpec;
import normlab.json.InvalidInputException;
import normlab.learning.Gpu;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkSummary;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.TrialIdentity;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;

/** How long trials took here, and so how long others will take. */
final class Timings {
    /** More would tell little, and each is a question to the store. */
    private static final int MOST = 60;

    private static final String RESULT = "/result.json";
    private static final String PROGRESS = "/progress/journal.jsonl";

    private static final String PLAIN_8 = "plain-8";

    /** Of one training process with one thread, over the 70 trials of workflows/results/2026-11-23-quick. */
    private static final double PLAIN_8_IMAGES_PER_SECOND = 1400;

    private static final double PLAIN_8_EVALUATION_SECONDS = 7;

    /** Of training in a precision for which the device has no arithmetic; docs/designs/precision.md. */
    private static final double SUBSTITUTE_SLOWNESS = 1.5;

    private final List<Known> known;
    private final String deviceClass;
    private final Unseen unseen;

    private Timings(List<Known> known, String deviceClass, Unseen unseen) {
        this.known = known;
        this.deviceClass = deviceClass;
        this.unseen = unseen;
    }

    /** @param length in seconds @param basis in words */
    record Estimate(double length, String basis) {}

    /** What is thought of a trial while none like it has run. */
    @FunctionalInterface
    interface Unseen {
        Optional<Estimate> of(TrialSpec spec, Geometry images);
    }

    /**
     * A trial that has run here, to its end or for an epoch or more.
     *
     * @param perImage seconds of training for one image of each class
     * @param evaluation seconds of it; 0 while it has not been evaluated
     */
    private record Known(TrialSpec spec, double perImage, double evaluation) {}

    /** Of nothing yet. */
    static Timings none(String deviceClass, Unseen unseen) {
        return new Timings(List.of(), deviceClass, unseen);
    }

    /** From the trials of a store that ran on this kind of device; those in training count from their first epoch on. */
    static Timings of(ArtifactStore store, String deviceClass, Unseen unseen) {
        List<Known> known = new ArrayList<>();
        List<String> keys = store.list("trials/").stream()
                .filter(k -> k.endsWith(RESULT) || k.endsWith(PROGRESS))
                .toList();
        // Spread over all of them, so that each kind of trial is met.
        int stride = Math.max(1, keys.size() / MOST);
        for (int i = 0; i < keys.size(); i += stride) {
            String key = keys.get(i);
            TrialId.holding(key)
                    .map(id -> new TrialArchive(store, id))
                    .flatMap(trial ->
                            read(() -> key.endsWith(RESULT) ? complete(trial, deviceClass) : begun(trial, deviceClass)))
                    .ifPresent(known::add);
        }
        return new Timings(known, deviceClass, unseen);
    }

    private static Optional<Known> complete(TrialArchive trial, String deviceClass) {
        return trial.result()
                .filter(r -> r.identity().stack().deviceClass().equals(deviceClass))
                .filter(r -> r.training().outcome() == Outcome.COMPLETED)
                .map(r -> known(
                        r.identity().spec(),
                        r.training().seconds(),
                        r.identity().spec().recipe().epochs(),
                        r.evaluationSeconds()));
    }

    private static Optional<Known> begun(TrialArchive trial, String deviceClass) {
        List<JournalRow> rows = trial.journal();
        TrialIdentity identity = trial.identity();
        double seconds = rows.stream().mapToDouble(JournalRow::seconds).sum();
        return rows.isEmpty() || !identity.stack().deviceClass().equals(deviceClass)
                ? Optional.empty()
                : Optional.of(known(identity.spec(), seconds, rows.size(), 0));
    }

    private static Known known(TrialSpec spec, double seconds, int epochs, double evaluation) {
        return new Known(spec, seconds / ((double) spec.dataset().trainPerClass() * epochs), evaluation);
    }

    private static Optional<Known> read(Supplier<Optional<Known>> trial) {
        try {
            return trial.get();
        } catch (InvalidInputException ofAnotherVersion) {
            return Optional.empty();
        } catch (StoreException e) {
            if (e.damagedKey().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    Optional<Estimate> of(TrialSpec spec, Geometry images) {
        Predicate<TrialSpec> sameNetworkAndData = s -> s.network().equals(spec.network())
                && s.dataset().name().equals(spec.dataset().name())
                && s.probes().equals(spec.probes());
        Predicate<TrialSpec> samePrecision =
                s -> s.recipe().precision() == spec.recipe().precision();
        return measured(
                        spec,
                        sameNetworkAndData
                                .and(samePrecision)
                                .and(s -> s.normalization().equals(spec.normalization())
                                        && s.head() == spec.head()
                                        && s.activation() == spec.activation()),
                        "same cell")
                .or(() -> measured(
                        spec,
                        sameNetworkAndData
                                .and(samePrecision)
                                .and(s -> s.normalization()
                                        .getClass()
                                        .equals(spec.normalization().getClass())),
                        "same network and normalization"))
                .or(() -> measured(spec, sameNetworkAndData.and(samePrecision), "same network"))
                .or(() -> measured(spec, sameNetworkAndData, "same network in another precision"))
                .or(() -> unseen.of(spec, images).map(e -> new Estimate(slowness(spec) * e.length(), e.basis())));
    }

    /** How many times as long as in float32, from above: where there is arithmetic for it, no gain is promised. */
    private double slowness(TrialSpec spec) {
        return spec.recipe().precision().isFastOn(deviceClass) ? 1 : SUBSTITUTE_SLOWNESS;
    }

    private Optional<Estimate> measured(TrialSpec spec, Predicate<TrialSpec> like, String words) {
        List<Known> alike = known.stream().filter(k -> like.test(k.spec())).toList();
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        double perImage = alike.stream()
                .mapToDouble(k -> k.perImage() / slowness(k.spec()))
                .average()
                .orElseThrow();
        double evaluation = alike.stream().mapToDouble(Known::evaluation).max().orElseThrow();
        return Optional.of(new Estimate(
                slowness(spec) * perImage * images(spec) + evaluation,
                "%d trials here, %s".formatted(alike.size(), words)));
    }

    /** On a processor, from the multiply-adds of the network: roughly, and from above, since small networks use it worse. */
    static Optional<Estimate> onProcessor(TrialSpec spec, Geometry images) {
        double share = multiplyAdds(spec.network(), spec, images) / multiplyAdds(PLAIN_8, spec, Geometry.FASHION_MNIST);
        double passes = images(spec) * images.classes();
        return Optional.of(new Estimate(
                share * (passes / PLAIN_8_IMAGES_PER_SECOND + PLAIN_8_EVALUATION_SECONDS),
                "plain-8 on a processor core" + (spec.network().equals(PLAIN_8) ? "" : ", by multiply-adds")
                        + probes(spec)));
    }

    /**
     * On a GPU, from what others have published of it.
     *
     * @param sharing slots on one GPU, which divide its time at worst
     * @param tf32 whether it is on
     * @return one that knows nothing of a GPU that nobody is known to have measured: a processor's speed says nothing of it
     */
    static Unseen onGpu(Gpu gpu, int sharing, boolean tf32) {
        Optional<GpuThroughput> published = GpuThroughput.of(gpu);
        return (spec, images) -> published.map(speed -> {
            double steps = images(spec) * images.classes() / spec.recipe().batchSize();
            return new Estimate(steps * speed.stepSeconds(spec, images) * sharing, speed.basis(tf32) + probes(spec));
        });
    }

    private static String probes(TrialSpec spec) {
        return spec.probes().isPresent() ? ", probes aside" : "";
    }

    private static double multiplyAdds(String network, TrialSpec spec, Geometry images) {
        return NetworkSummary.of(network, Design.of(spec), images).multiplyAdds();
    }

    /** Images of each class that pass in all epochs; a dataset's number of classes is the same in all its trials. */
    private static double images(TrialSpec spec) {
        return (double) spec.dataset().trainPerClass() * spec.recipe().epochs();
    }
}
