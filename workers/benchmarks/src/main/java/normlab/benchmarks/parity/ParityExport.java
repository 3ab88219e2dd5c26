package normlab.benchmarks.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.data.Geometry;
import normlab.learning.data.Images;
import normlab.learning.network.Network;
import normlab.learning.network.Safetensors;
import normlab.learning.network.TorchOps;
import normlab.learning.train.TrainingStep;

/**
 * Trains a few steps on generated images and writes all that another implementation needs to do the same, and all that it
 * must find: {@code case.json}, and as safetensors {@code batches} (uint8, images (N, H, W, C) and labels), {@code initial}
 * and {@code final} (parameters and running statistics) and {@code gradients} (of the first step).
 */
public final class ParityExport implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager();
    private final int steps;

    public ParityExport(int steps) {
        this.steps = steps;
    }

    /** @param folder is created, and gets the files */
    public ParityCase write(Path folder, TrialSpec spec, Geometry geometry) throws IOException {
        Files.createDirectories(folder);
        int size = spec.recipe().batchSize();
        GeneratedImages generated = GeneratedImages.of(geometry, steps * size, spec.seed());
        TorchOps.recordGradients(false);
        try (NDManager scope = manager.newSubManager();
                Network network = new Network(scope, spec, geometry.channels(), geometry.classes())) {
            Files.write(folder.resolve("batches.safetensors"), encoded(scope, generated));
            Files.write(folder.resolve("initial.safetensors"), network.toSafetensors());
            Images images = generated.on(scope);
            TrainingStep trainingStep = new TrainingStep(scope, network, spec.recipe());
            List<Double> rates = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                try (NDManager scratch = scope.newSubManager()) {
                    TrainingStep.Result result =
                            trainingStep.differentiate(images.batch(scratch, i * size, (i + 1) * size));
                    if (i == 0) {
                        Files.write(
                                folder.resolve("gradients.safetensors"),
                                Safetensors.encode(gradients(network), ByteBuffer::allocate)
                                        .array());
                    }
                    rates.add(rate(spec, i));
                    losses.add((double) result.loss().getFloat());
                    trainingStep.update(scratch, scratch.create((float) rate(spec, i)));
                }
            }
            Files.write(folder.resolve("final.safetensors"), network.toSafetensors());
            ParityCase written = new ParityCase(
                    folder.getFileName().toString(),
                    spec,
                    generated.perChannel(GeneratedImages.MEAN),
                    generated.perChannel(GeneratedImages.SD),
                    rates,
                    losses);
            Files.write(folder.resolve("case.json"), Json.bytes(written));
            return written;
        }
    }

    /** Rises from step to step: an optimizer that treats a changing rate in another way than PyTorch's would show. */
    private double rate(TrialSpec spec, int step) {
        return spec.recipe().learningRate() * (step + 1) / steps;
    }

    @Override
    public void close() {
        manager.close();
    }

    private static List<Safetensors.Named> gradients(Network network) {
        return network.parameters().stream()
                .map(p -> new Safetensors.Named(p.name(), p.value().getGradient()))
                .toList();
    }

    private static byte[] encoded(NDManager scope, GeneratedImages generated) {
        Geometry g = generated.geometry();
        int count = generated.labels().length;
        NDArray images = scope.create(
                ByteBuffer.wrap(generated.pixels()),
                new Shape(count, g.height(), g.width(), g.channels()),
                DataType.UINT8);
        images.setName("images");
        NDArray labels = scope.create(ByteBuffer.wrap(generated.labels()), new Shape(count), DataType.UINT8);
        labels.setName("labels");
        return new NDList(images, labels).encode(NDList.Encoding.SAFETENSORS);
    }
}
