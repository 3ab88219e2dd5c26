package normlab.benchmarks.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.HeadNormaliser;
import normlab.experiment.Precision;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.learning.data.Geometry;
import normlab.platform.config.ArmCatalogue.Method;

/**
 * What `parity` trains. Every arm with every head and activation on the quick network, every arm and activation on the
 * small residual networks in both orders; on large ones, whose cases take seconds and up to 180 MB each, every arm but
 * those that whiten hundreds of channels at once, or the three main ones.
 *
 * <p>Few small images and a low rate: a rounding error that flips one ReLU, of which there are millions in larger batches,
 * moves a gradient by a per cent, and says nothing about the mathematics.
 */
public final class ParityCases {
    private static final double RATE = 0.0005;
    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 0.05;
    private static final int CHANNELS_OF_A_GROUP = 8;

    /** @param name of the folder that it gets */
    public record Case(String name, TrialSpec spec, Geometry geometry) {}

    /** How much of the product of arms, heads and activations a network gets. */
    private enum Scope {
        EVERYTHING,
        USUAL_HEADS,
        WITHOUT_WHOLE_WHITENING,
        MAIN_ARMS
    }

    /** @param pixels of the images' sides: enough for the network's pools and strides */
    private record Sample(
            String network, int pixels, int batch, Scope scope, List<Activation> activations, Precision precision) {
        Sample(String network, int pixels, int batch, Scope scope, List<Activation> activations) {
            this(network, pixels, batch, scope, activations, Precision.FLOAT32);
        }
    }

    private static final List<String> MAIN_ARMS = List.of("none", "bn", "cbn");
    private static final List<Activation> ALL = List.of(Activation.values());
    private static final List<Activation> TWO = List.of(Activation.TANH, Activation.RELU);

    private static final List<Sample> SAMPLES = List.of(
            new Sample("plain-8", 16, 16, Scope.EVERYTHING, ALL),
            new Sample("resnet-20", 16, 8, Scope.USUAL_HEADS, ALL),
            new Sample("preact-resnet-20", 16, 8, Scope.USUAL_HEADS, ALL),
            new Sample("densenet-bc-100-12", 16, 8, Scope.WITHOUT_WHOLE_WHITENING, TWO),
            new Sample("mobilenet-v2", 16, 8, Scope.WITHOUT_WHOLE_WHITENING, TWO),
            new Sample("resnet-18", 16, 8, Scope.MAIN_ARMS, TWO),
            new Sample("resnet-50", 16, 8, Scope.MAIN_ARMS, TWO),
            new Sample("vgg-16", 32, 8, Scope.MAIN_ARMS, TWO),
            new Sample("plain-8", 16, 16, Scope.USUAL_HEADS, ALL, Precision.BFLOAT16),
            new Sample("resnet-20", 16, 8, Scope.USUAL_HEADS, TWO, Precision.BFLOAT16));

    private final long seed;

    public ParityCases(long seed) {
        this.seed = seed;
    }

    public static List<String> networks() {
        return SAMPLES.stream().map(Sample::network).distinct().toList();
    }

    /** All cases of these networks, arms, activations and precisions. */
    public List<Case> of(
            List<String> networks, List<Method> methods, List<Activation> activations, List<Precision> precisions) {
        List<Case> cases = new ArrayList<>();
        for (Sample sample : SAMPLES) {
            if (networks.contains(sample.network()) && precisions.contains(sample.precision())) {
                inScope(methods, sample.scope())
                        .forEach(method -> heads(sample.scope(), method)
                                .forEach(head -> sample.activations().stream()
                                        .filter(activations::contains)
                                        .forEach(activation -> cases.add(trial(sample, method, head, activation)))));
            }
        }
        return cases;
    }

    /** Those of a network; a normalization that whitens comes once for whole layers and once in groups. */
    private static List<Method> inScope(List<Method> methods, Scope scope) {
        if (scope == Scope.MAIN_ARMS) {
            return methods.stream().filter(m -> MAIN_ARMS.contains(m.arm())).toList();
        }
        List<Method> all = new ArrayList<>();
        for (Method method : methods) {
            Method inGroups = method.withGroupSize(CHANNELS_OF_A_GROUP);
            boolean whitens = !inGroups.equals(method);
            if (!whitens || scope != Scope.WITHOUT_WHOLE_WHITENING) {
                all.add(method);
            }
            if (whitens) {
                all.add(inGroups);
            }
        }
        return all;
    }

    private static String name(Method method) {
        boolean inGroups = !method.equals(method.withGroupSize(0));
        return method.arm() + (inGroups ? "-in-groups" : "");
    }

    private static String suffix(Precision precision) {
        return precision == Precision.FLOAT32 ? "" : "-" + precision.word();
    }

    private static List<Head> heads(Scope scope, Method method) {
        return scope == Scope.EVERYTHING ? Arrays.asList(Head.values()) : List.of(method.head());
    }

    private static String word(Head head) {
        return head.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Said, so that the other implementation need not know which is usual. */
    private static Optional<HeadNormaliser> headNormaliser(Method method) {
        return method.head() == Head.OFF
                ? Optional.empty()
                : method.headNormaliser()
                        .or(() -> Optional.of(method.normalization().usualHead(method.head())));
    }

    private Case trial(Sample sample, Method named, Head head, Activation activation) {
        Geometry usual = Geometry.of(sample.network());
        Method method = named.withHead(head);
        return new Case(
                String.join("-", sample.network(), name(method), word(head), activation.word())
                        + suffix(sample.precision()),
                new TrialSpec(
                        new DatasetSpec("generated", 1, 1),
                        sample.network(),
                        activation,
                        method.normalization(),
                        head,
                        new Recipe(RATE, MOMENTUM, WEIGHT_DECAY, sample.batch(), 1, 0)
                                .withPrecision(sample.precision()),
                        seed,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        headNormaliser(method),
                        Optional.of(method.centredActivation()).filter(yes -> yes)),
                new Geometry(sample.pixels(), sample.pixels(), usual.channels(), usual.classes()));
    }
}
