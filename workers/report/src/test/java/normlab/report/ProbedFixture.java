package normlab.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.experiment.Probes;
import normlab.json.Json;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Curvature;
import normlab.trial.ProbeRow.Eigenvalue;
import normlab.trial.ProbeRow.Estimate;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Kind;
import normlab.trial.ProbeRow.LayerState;
import normlab.trial.ProbeRow.Moments;
import normlab.trial.ProbeRow.Occasion;
import normlab.trial.ProbeRow.Smoothness;

/** A campaign with probe rows whose sizes are chosen by activation and arm. */
public final class ProbedFixture {
    private static final Probes PROBES = new Probes(
            List.of(0.0, 0.5, 1.0),
            List.of(1.0),
            false,
            Optional.of(new Probes.Gradient(16)),
            Optional.of(new Probes.Smoothness(256, List.of(0.1), 1e-3)),
            Optional.of(new Probes.Curvature(128, 10, 1e-3, 0.1)),
            Optional.empty(),
            Optional.empty());

    private ProbedFixture() {}

    /** The size of the probed effects of a cell. */
    public interface Size {
        double of(Activation activation, String arm, boolean scaleFree);
    }

    /** Four arms with five seeds, the pilot's accuracies and losses. */
    public static CampaignResults campaign(Size size) {
        return campaign(size, 5);
    }

    /** The same campaign with the given number of seeds, at most five. */
    public static CampaignResults campaign(Size size, int seeds) {
        Map<String, Arm> arms = new HashMap<>(Fixture.arms());
        arms.replaceAll((name, arm) ->
                new Arm(arm.title(), arm.normalization(), arm.head(), arm.learningRate(), Fixture.seeds(seeds)));
        Experiment plain = Fixture.experiment(arms, Fixture.comparisons());
        Experiment probed = new Experiment(
                plain.name(),
                plain.description(),
                plain.dataset(),
                plain.networks(),
                plain.activations(),
                plain.recipe(),
                plain.learningRates(),
                plain.arms(),
                plain.comparisons(),
                Optional.of(PROBES),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Fixture.campaign(probed, trial -> Fixture.attempted(probed(trial, size)));
    }

    private static TrialOutcome probed(TrialOutcome trial, Size size) {
        Activation activation = trial.spec().activation();
        String arm = trial.planned().arm();
        double raw = size.of(activation, arm, false);
        double free = size.of(activation, arm, true);
        SplittableRandom random = new SplittableRandom(trial.planned().key().hashCode());
        List<ProbeRow> rows = Stream.of(
                        new Occasion(Kind.FRACTION, 0),
                        new Occasion(Kind.TRAINING_LOSS, 1),
                        new Occasion(Kind.FRACTION, 0.5),
                        new Occasion(Kind.FRACTION, 1))
                .map(o -> row(o, raw * jitter(random), free * jitter(random)))
                .toList();
        return new TrialOutcome(trial.planned(), trial.spec(), trial.result(), trial.journal(), rows, trial.failure());
    }

    private static double jitter(SplittableRandom random) {
        return Math.exp(0.02 * random.nextGaussian());
    }

    private static ProbeRow row(Occasion occasion, double raw, double free) {
        double epoch = occasion.kind() == Kind.FRACTION ? 4 * occasion.value() : 1;
        return new ProbeRow(
                ProbeRow.VERSION,
                Math.round(160 * epoch),
                epoch,
                Fixture.START,
                List.of(occasion),
                0.1,
                16,
                1.0,
                1.1,
                Optional.of(new GradientMoments(
                        16, moments(raw, slope(occasion)), moments(free, slope(occasion)), Map.of(), Map.of())),
                Optional.of(new Smoothness(Math.sqrt(raw), List.of(raw), raw, raw, free, Optional.of(free))),
                Optional.of(new Curvature(eigenvalue(raw), eigenvalue(free))),
                Map.of(),
                Map.of("conv1.weight", state(raw), "conv10.weight", state(raw), "fc.weight", state(free)),
                Map.of(),
                100,
                0.5);
    }

    private static LayerState state(double size) {
        // Not by the constructor, so that a probe can be added without a change here.
        Map<String, Double> values = Map.of(
                "norm", 1.0,
                "inputSecondMoment", size,
                "inputLargestEigenvalue", 3 * size,
                "inputMeanToVariance", 0.1,
                "preActivationDeviation", 1.0,
                "saturated", 0.0);
        return Json.read(Json.bytes(values), LayerState.class, "layer");
    }

    private static Moments moments(double size, double slope) {
        return new Moments(
                new Estimate(size, 0.1), new Estimate((1 - slope) * size, 0.1), new Estimate(slope * size, 0.1));
    }

    /** The share of ‖E g‖² in E‖g‖²: over training a tenth, but below 0 in one estimate, as unbiased ones can be. */
    private static double slope(Occasion occasion) {
        if (occasion.kind() != Kind.FRACTION) {
            return 0.1;
        }
        return occasion.value() < 1 ? -0.05 : 0.25;
    }

    private static Eigenvalue eigenvalue(double size) {
        return new Eigenvalue(size, "power", 8, 0.05, size, true);
    }
}
