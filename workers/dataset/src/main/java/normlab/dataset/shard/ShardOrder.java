package normlab.dataset.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * In which order the shards of a part are read, some together: images of one window are mixed with each other. Preparation
 * has spread the images over the shards at random already.
 *
 * @param windows numbers of shards
 * @param random what mixes the images of the windows and cuts them; none: all in the order of the part, uncut
 */
record ShardOrder(List<List<Integer>> windows, Optional<SplittableRandom> random) {
    /** Shards that lie in memory together. */
    static final int WINDOW = 8;

    static ShardOrder stored(int shards) {
        return new ShardOrder(IntStream.range(0, shards).mapToObj(List::of).toList(), Optional.empty());
    }

    static ShardOrder shuffled(int shards, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, shards).boxed().toList());
        shuffle(order, random);
        List<List<Integer>> windows = new ArrayList<>();
        for (int from = 0; from < shards; from += WINDOW) {
            windows.add(List.copyOf(order.subList(from, Math.min(from + WINDOW, shards))));
        }
        return new ShardOrder(List.copyOf(windows), Optional.of(random));
    }

    /** Fisher and Yates. */
    static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T kept = list.get(i);
            list.set(i, list.get(other));
            list.set(other, kept);
        }
    }
}
