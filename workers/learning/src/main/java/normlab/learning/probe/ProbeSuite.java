package normlab.learning.probe;

import ai.djl.ndarray.NDManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.experiment.Probes;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Images;
import normlab.learning.data.Samples;
import normlab.learning.network.Loss;
import normlab.learning.network.Mode;
import normlab.learning.network.Network;
import normlab.learning.random.RandomStream;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Curvature;
import normlab.trial.ProbeRow.Eigenvalue;
import normlab.trial.ProbeRow.GradientMoments;
import normlab.trial.ProbeRow.Occasion;
import normlab.trial.ProbeRow.Smoothness;

/**
 * All probes of a trial, measured at one moment as one row. Images and directions depend on the seed alone, so they are
 * the same at every moment and in every arm.
 */
final class ProbeSuite {
    private static final int LOSS_BATCHES = 16;

    private final Probes probes;
    private final Network network;
    private final NetworkSurface surface;
    private final int batchSize;
    private final long seed;
    private final Clock clock;

    /** @param copy a network of the same trial, to compute on */
    ProbeSuite(
            NDManager manager,
            TrialSpec spec,
            Probes probes,
            Network network,
            Network copy,
            Samples train,
            Clock clock) {
        this.probes = probes;
        this.network = network;
        this.batchSize = spec.recipe().batchSize();
        this.seed = spec.seed();
        this.clock = clock;
        Images images = train.drawn(manager, RandomStream.of(seed, "probe-images", 0), imagesNeeded());
        Loss criterion = new Loss(manager, spec.recipe().labelSmoothing());
        this.surface = new NetworkSurface(manager, copy, images, criterion, batchSize);
    }

    /** @param rate the learning rate of the next step */
    record Moment(long step, double epoch, List<Occasion> occasions, double rate) {}

    ProbeRow measure(Moment moment) {
        long started = System.nanoTime();
        long before = surface.gradients();
        surface.moveOriginTo(network);
        int batches = Math.min(LOSS_BATCHES, surface.batches());
        // First, since batch statistics update the copy's running ones.
        double evaluationLoss = surface.loss(Mode.EVALUATION, batches);
        Optional<Probes> possible = Optional.of(probes).filter(p -> surface.isFinite());
        LayerProbe layers = new LayerProbe();
        possible.flatMap(Probes::layers).ifPresent(l -> surface.show(layers, covering(l.images())));
        Optional<GradientMoments> gradient =
                possible.flatMap(Probes::gradient).map(g -> GradientProbe.measure(surface, g.batches()));
        Optional<Smoothness> smoothness = possible.flatMap(Probes::smoothness)
                .map(s -> SmoothnessProbe.measure(surface, s, covering(s.images())));
        Optional<Curvature> curvature = possible.flatMap(Probes::curvature).map(this::curvature);
        Map<String, Eigenvalue> layerCurvature = possible.flatMap(Probes::layerCurvature)
                .map(this::layerCurvature)
                .orElse(Map.of());
        return new ProbeRow(
                ProbeRow.VERSION,
                moment.step(),
                moment.epoch(),
                clock.instant(),
                moment.occasions(),
                moment.rate(),
                batches,
                surface.loss(Mode.TRAINING, batches),
                evaluationLoss,
                gradient,
                smoothness,
                curvature,
                layerCurvature,
                layers.states(norms()),
                layers.drifts(),
                surface.gradients() - before,
                (System.nanoTime() - started) / 1e9);
    }

    private int imagesNeeded() {
        int batches = Math.max(
                LOSS_BATCHES, probes.gradient().map(Probes.Gradient::batches).orElse(0));
        int most = Stream.of(
                        probes.smoothness().map(Probes.Smoothness::images),
                        probes.curvature().map(Probes.Curvature::images),
                        probes.layerCurvature().map(Probes.Curvature::images),
                        probes.layers().map(Probes.Layers::images))
                .flatMap(Optional::stream)
                .reduce(batches * batchSize, Math::max);
        return most + batchSize;
    }

    private Map<String, Double> norms() {
        Map<String, Double> norms = new TreeMap<>();
        surface.blocks().stream().filter(LossSurface.Block::weight).forEach(b -> norms.put(b.name(), b.norm()));
        return norms;
    }

    /** How many batches hold so many images; all, if there are fewer. */
    private int covering(int images) {
        return Math.min(surface.batches(), (images + batchSize - 1) / batchSize);
    }

    private Curvature curvature(Probes.Curvature settings) {
        int batches = covering(settings.images());
        return new Curvature(
                CurvatureProbe.measure(surface, settings, batches, direction(0)),
                CurvatureProbe.measure(ScaledSurface.scaleFree(surface), settings, batches, direction(1)));
    }

    private Map<String, Eigenvalue> layerCurvature(Probes.Curvature settings) {
        int batches = covering(settings.images());
        Map<String, Eigenvalue> values = new TreeMap<>();
        for (LossSurface.Block block : CurvatureProbe.layers(surface)) {
            ScaledSurface alone = ScaledSurface.only(surface, block);
            values.put(block.name(), CurvatureProbe.measure(alone, settings, batches, direction(2 + values.size())));
        }
        return values;
    }

    private RandomStream direction(int index) {
        return RandomStream.of(seed, "probe-direction", index);
    }
}
