package normlab.dataset.shard;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.provenance.Sha256;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;

/**
 * Reads a part's shards ahead of need and decodes their images in several threads. What comes out, and in which order,
 * does not depend on the threads. In memory are one window of shards and a bounded number of decoded images.
 */
public final class ShardStream implements SampleStream {
    /** Decoded images that wait; a few batches. */
    private static final int AHEAD = 512;

    private static final Decoded END = new Decoded(-1, new byte[0]);

    private final ArtifactStore store;
    private final PreparedDataset dataset;
    private final String part;
    private final List<PreparedDataset.Shard> shards;
    private final ShardOrder order;
    private final ImageDecoder decoder;
    private final BlockingQueue<Future<Decoded>> ahead = new ArrayBlockingQueue<>(AHEAD);
    private final ExecutorService decoders;
    private final Thread loader;
    private int skipping;
    private boolean ended;

    private record Decoded(int label, byte[] pixels) {}

    private record Item(String name, ShardFile.Sample sample) {}

    /** Opens streams on a store, each decoding in so many threads. */
    public static SampleStream.Source source(ArtifactStore store, int threads) {
        return (dataset, part, shuffle, skipped) -> new ShardStream(store, dataset, part, shuffle, skipped, threads);
    }

    /** From the first image on. */
    public ShardStream(ArtifactStore store, PreparedDataset dataset, String part, Optional<Long> shuffle, int threads) {
        this(store, dataset, part, shuffle, 0, threads);
    }

    /**
     * @param shuffle seed of the order, the cuts and the flips; none: the order of the part, cut in the centre
     * @param skipped so many of the first images are left out
     * @param threads that decode
     */
    private ShardStream(
            ArtifactStore store,
            PreparedDataset dataset,
            String part,
            Optional<Long> shuffle,
            int skipped,
            int threads) {
        this.skipping = skipped;
        this.store = store;
        this.dataset = dataset;
        this.part = part;
        this.shards = dataset.part(part).shards().orElseThrow();
        this.order = shuffle.map(seed -> ShardOrder.shuffled(shards.size(), seed))
                .orElseGet(() -> ShardOrder.stored(shards.size()));
        this.decoder = new ImageDecoder(dataset.height(), dataset.width());
        this.decoders = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("decode-", 0).factory());
        this.loader = Thread.ofPlatform().daemon().name("shards-" + part).start(this::load);
    }

    @Override
    public int next(byte[] pixels, int[] labels) {
        int bytesPerImage = dataset.height() * dataset.width() * dataset.channels();
        int count = 0;
        while (count < labels.length && !ended) {
            Decoded image = take();
            if (image == END) {
                ended = true;
            } else {
                System.arraycopy(image.pixels(), 0, pixels, count * bytesPerImage, bytesPerImage);
                labels[count++] = image.label();
            }
        }
        return count;
    }

    private Decoded take() {
        try {
            return ahead.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("[%s] interrupted while waiting for images".formatted(part), true);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new StoreException(
                    "[%s of %s] %s".formatted(part, dataset.name(), String.valueOf(e.getCause())), false, e);
        }
    }

    private void load() {
        try {
            for (List<Integer> window : order.windows()) {
                load(window);
            }
            ahead.put(CompletableFuture.completedFuture(END));
        } catch (InterruptedException e) {
            // The stream was closed: nobody waits for more.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void load(List<Integer> window) throws InterruptedException {
        int count = window.stream().mapToInt(i -> shards.get(i).count()).sum();
        boolean skipped = count <= skipping;
        List<Optional<Item>> items = new ArrayList<>();
        for (int shard : window) {
            items.addAll(skipped ? Collections.nCopies(shards.get(shard).count(), Optional.empty()) : read(shard));
        }
        // What is skipped draws its random numbers all the same: the images after it are cut as they always are.
        order.random().ifPresent(random -> ShardOrder.shuffle(items, random));
        for (Optional<Item> item : items) {
            Optional<SplittableRandom> random = order.random().map(SplittableRandom::split);
            if (skipping > 0) {
                skipping--;
            } else {
                ahead.put(decoders.submit(() -> decode(item.orElseThrow(), random)));
            }
        }
    }

    private void fail(RuntimeException e) {
        try {
            ahead.put(CompletableFuture.failedFuture(e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Optional<Item>> read(int number) {
        String key = shards.get(number).key();
        String name = "%s of %s, shard %d".formatted(part, dataset.name(), number);
        byte[] bytes = store.require(key);
        String found = Sha256.of(bytes);
        if (!found.equals(shards.get(number).sha256())) {
            throw new StoreException("[%s] is damaged: its sha256 is %s; it is %s".formatted(key, found, name), false);
        }
        List<Optional<Item>> items = new ArrayList<>();
        for (ShardFile.Sample sample : ShardFile.decode(bytes, key).samples()) {
            items.add(Optional.of(new Item("%s, image %d".formatted(name, items.size()), sample)));
        }
        return items;
    }

    private Decoded decode(Item item, Optional<SplittableRandom> random) {
        try {
            return new Decoded(
                    item.sample().label(), decoder.decode(item.sample().image(), random));
        } catch (IOException e) {
            throw new StoreException("[%s] %s".formatted(item.name(), e.getMessage()), false, e);
        }
    }

    @Override
    public void close() {
        loader.interrupt();
        decoders.shutdownNow();
    }

    /** Whether all threads are gone, after waiting for them at most so long. */
    boolean ended(int seconds) throws InterruptedException {
        return loader.join(Duration.ofSeconds(seconds)) && decoders.awaitTermination(seconds, TimeUnit.SECONDS);
    }
}
