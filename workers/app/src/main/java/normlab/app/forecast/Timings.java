package normlab.app.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import normlab.experiment.TrialSpec;
import normlab.json.InvalidInputException;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkSummary;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.trial.Outcome;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/** How long trials took here, and so how long others will take. */
final class Timings {
    /** More would tell little, and each is a question to the store. */
    private static final int MOST = 60;

    private static final String RESULT = "/result.json";

    private static final String PLAIN_8 = "plain-8";

    /** Of one training process with one thread, over the 70 trials of workflows/results/2026-11-23-quick. */
    private static final double PLAIN_8_IMAGES_PER_SECOND = 1400;

    private static final double PLAIN_8_EVALUATION_SECONDS = 7;

    /** Of training in a precision for which the device has no arithmetic; docs/designs/precision.md. */
    private static final double SUBSTITUTE_SLOWNESS = 1.5;

    private final List<TrialResult> known;
    private final String deviceClass;

    private Timings(List<TrialResult> known, String deviceClass) {
        this.known = known;
        this.deviceClass = deviceClass;
    }

    /** @param length in seconds @param basis in words */
    record Estimate(double length, String basis) {}

    /** Of nothing yet. */
    static Timings none(String deviceClass) {
        return new Timings(List.of(), deviceClass);
    }

    /** From the complete trials of a store that ran on this kind of device. */
    static Timings of(ArtifactStore store, String deviceClass) {
        List<TrialResult> known = new ArrayList<>();
        List<String> keys =
                store.list("trials/").stream().filter(k -> k.endsWith(RESULT)).toList();
        // Spread over all of them, so that each kind of trial is met.
        int stride = Math.max(1, keys.size() / MOST);
        for (int i = 0; i < keys.size(); i += stride) {
            TrialId.holding(keys.get(i))
                    .flatMap(id -> read(store, id))
                    .filter(r -> r.identity().stack().deviceClass().equals(deviceClass))
                    .filter(r -> r.training().outcome() == Outcome.COMPLETED)
                    .ifPresent(known::add);
        }
        return new Timings(known, deviceClass);
    }

    private static Optional<TrialResult> read(ArtifactStore store, TrialId trial) {
        try {
            return new TrialArchive(store, trial).result();
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
                .or(() -> usual(spec, images));
    }

    private Optional<Estimate> measured(TrialSpec spec, Predicate<TrialSpec> like, String words) {
        List<TrialResult> alike =
                known.stream().filter(r -> like.test(r.identity().spec())).toList();
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        double perImage = alike.stream()
                .mapToDouble(r -> r.training().seconds()
                        / images(r.identity().spec())
                        / slowness(r.identity().spec()))
                .average()
                .orElseThrow();
        double evaluation = alike.stream()
                .mapToDouble(TrialResult::evaluationSeconds)
                .average()
                .orElseThrow();
        return Optional.of(new Estimate(
                slowness(spec) * perImage * images(spec) + evaluation,
                "%d trials here, %s".formatted(alike.size(), words)));
    }

    /** From the multiply-adds of the network: roughly, and from above, since small networks use a processor worse. */
    private Optional<Estimate> usual(TrialSpec spec, Geometry images) {
        double share = multiplyAdds(spec.network(), spec, images) / multiplyAdds(PLAIN_8, spec, Geometry.FASHION_MNIST);
        double passes = images(spec) * images.classes();
        return Optional.of(new Estimate(
                share * (slowness(spec) * passes / PLAIN_8_IMAGES_PER_SECOND + PLAIN_8_EVALUATION_SECONDS),
                "plain-8 on a processor core" + (spec.network().equals(PLAIN_8) ? "" : ", by multiply-adds")
                        + (spec.probes().isPresent() ? ", probes aside" : "")));
    }

    /** How many times as long as in float32, from above: where there is arithmetic for it, no gain is promised. */
    private double slowness(TrialSpec spec) {
        return spec.recipe().precision().isFastOn(deviceClass) ? 1 : SUBSTITUTE_SLOWNESS;
    }

    private static double multiplyAdds(String network, TrialSpec spec, Geometry images) {
        return NetworkSummary.of(network, Design.of(spec), images).multiplyAdds();
    }

    /** Images of each class that pass in all epochs; a dataset's number of classes is the same in all its trials. */
    private static double images(TrialSpec spec) {
        return (double) spec.dataset().trainPerClass() * spec.recipe().epochs();
    }
}
