package normlab.benchmarks;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import normlab.dataset.shard.ImageDecoder;

/**
 * Measures how fast images are decoded, cut at random and scaled to 224×224: what a training of ILSVRC2012 needs of a
 * processor beside the device. The images are made here, photographs' size and compression: 500×375 pixels, smooth colours
 * under grain.
 */
final class DecoderBenchmark {
    private static final int IMAGES = 16;
    private static final ImageDecoder DECODER = new ImageDecoder(224, 224);

    private DecoderBenchmark() {}

    /**
     * @param images decoded in all
     * @param kibibytes mean size of an encoded image
     */
    record Result(int threads, int images, double seconds, double kibibytes) {
        double imagesPerSecond() {
            return images / seconds;
        }

        double imagesPerSecondAndThread() {
            return imagesPerSecond() / threads;
        }
    }

    /**
     * @param threads that decode at the same time
     * @param rounds over sixteen images, in each thread, measured; half as many warm up before
     */
    static Result run(int threads, int rounds) throws InterruptedException {
        List<byte[]> images = images();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            decode(pool, threads, images, Math.max(1, rounds / 2));
            long started = System.nanoTime();
            decode(pool, threads, images, rounds);
            double seconds = (System.nanoTime() - started) / 1e9;
            double bytes = images.stream().mapToInt(i -> i.length).average().orElseThrow();
            return new Result(threads, threads * rounds * IMAGES, seconds, bytes / 1024);
        }
    }

    private static void decode(ExecutorService pool, int threads, List<byte[]> images, int rounds)
            throws InterruptedException {
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            all.add(pool.submit(() -> decode(images, rounds, random)));
        }
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an image that was made here cannot be decoded", e);
            }
        }
    }

    private static void decode(List<byte[]> images, int rounds, SplittableRandom random) {
        for (int round = 0; round < rounds; round++) {
            for (byte[] image : images) {
                try {
                    DECODER.decode(image, Optional.of(random.split()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static List<byte[]> images() {
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(photograph(random.split()));
        }
        return images;
    }

    private static byte[] photograph(SplittableRandom random) {
        BufferedImage image = new BufferedImage(500, 375, BufferedImage.TYPE_INT_RGB);
        double phase = random.nextDouble(6);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                double wave = Math.sin(x / 37.0 + phase) + Math.cos(y / 23.0 + phase * x / 500);
                int grain = random.nextInt(40);
                image.setRGB(x, y, shade(wave, grain) << 16 | shade(-wave, grain) << 8 | shade(wave / 2, grain));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static int shade(double wave, int grain) {
        return Math.clamp(Math.round(90 + 45 * wave + grain), 0, 255);
    }
}
