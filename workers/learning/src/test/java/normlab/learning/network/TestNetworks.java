package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Normalization.Variant;
import normlab.experiment.Precision;
import normlab.json.Json;
import normlab.learning.random.RandomStream;
import org.junit.jupiter.api.Named;

/** Networks in double precision, so that gradients can be checked closely, and every normalization by name. */
final class TestNetworks {
    static final double C = Math.sqrt(0.5);
    static final Normalization NONE = new Normalization.None();
    static final Normalization BN = new Normalization.BatchNorm(1e-5, 0.1);
    static final Normalization CBN = new Normalization.CompleteBatchNorm(C, 1e-5, 0.1);

    private static final Map<String, Object> USUAL = Map.of("c", C, "groupSize", 0, "epsilon", 1e-5, "momentum", 0.1);

    private TestNetworks() {}

    static Stream<Named<Normalization>> arms() {
        Stream<Named<Normalization>> variants = Arrays.stream(Variant.values())
                .map(v -> Named.of(word(v), new Normalization.CompleteBatchNorm(v, C, 1e-5, 0.1)));
        List<Named<Normalization>> named = Stream.concat(variants, others()).toList();
        return Stream.concat(named.stream(), notAmong(named));
    }

    /** As the arms are named. */
    private static String word(Variant variant) {
        return variant == Variant.PLAIN ? "cbn" : Json.tree(variant).asText();
    }

    private static Stream<Named<Normalization>> others() {
        return Stream.of(
                Named.of("none", NONE),
                Named.of("bn", BN),
                Named.of("bounded", complete(Optional.of(1.0), Optional.empty())),
                Named.of("fan-in", complete(Optional.empty(), Optional.of(true))),
                Named.of("white", new Normalization.CompleteWhitening(C, 0, 1e-3, 0.1)),
                Named.of("white in groups", new Normalization.CompleteWhitening(C, 8, 1e-3, 0.1)),
                Named.of("bn-white", new Normalization.WhitenedBatchNorm(0, 1e-3, 0.1)),
                Named.of("bn-white in groups", new Normalization.WhitenedBatchNorm(8, 1e-3, 0.1)));
    }

    private static Normalization complete(Optional<Double> floor, Optional<Boolean> perFanIn) {
        double c = perFanIn.isPresent() ? 12 : 1;
        return new Normalization.CompleteBatchNorm(Variant.PLAIN, c, 1e-5, 0.1, floor, perFanIn);
    }

    /** Kinds that are missing above, with usual values, so that the gradients of a new kind are checked without a change here. */
    private static Stream<Named<Normalization>> notAmong(List<Named<Normalization>> known) {
        return Arrays.stream(Normalization.class.getPermittedSubclasses())
                .filter(kind -> known.stream()
                        .noneMatch(arm -> arm.getPayload().getClass().equals(kind)))
                .map(kind -> Named.of(kind.getSimpleName(), usual(kind)));
    }

    private static Normalization usual(Class<?> kind) {
        Class<?>[] types = Arrays.stream(kind.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(kind.getRecordComponents())
                .map(component -> Objects.requireNonNull(USUAL.get(component.getName()), component::toString))
                .toArray();
        try {
            return (Normalization) kind.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + kind.getName() + "; name it in arms()", e);
        }
    }

    static Network network(
            NDManager manager, String name, Normalization normalization, Activation activation, Head head) {
        return new Network(
                manager,
                NetworkBuilder.build(NetworkDefinition.named(name), new Design(normalization, activation, head), 1, 10),
                new WeightInitializer(1, DataType.FLOAT64),
                Precision.FLOAT32);
    }

    /** Standard normal, (count, channels, size, size), channels-last as images are. */
    static NDArray images(NDManager manager, int count, int channels, int size) {
        return normal(manager, 3, new Shape(count, size, size, channels)).transpose(0, 3, 1, 2);
    }

    static NDArray normal(NDManager manager, long seed, Shape shape) {
        RandomStream stream = RandomStream.of(seed, "test", shape.size());
        double[] values = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = stream.nextNormal();
        }
        return manager.create(values, shape);
    }

    static NDArray labels(NDManager manager, int count) {
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 10;
        }
        return manager.create(labels, new Shape(count, 1));
    }
}
