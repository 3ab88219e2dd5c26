package normlab.dataset.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.dataset.Pictures;
import normlab.port.StoreException;
import normlab.provenance.Sha256;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;
import normlab.trial.StoreLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShardStreamTest {
    private static final int SHARDS = 20;
    private static final int EACH = 3;
    private static final int SIDE = 4;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PreparedDataset dataset = prepared();

    @Test
    void withoutASeedImagesComeInTheOrderOfThePart() {
        assertThat(labels(Optional.empty(), 1, 7))
                .containsExactlyElementsOf(
                        IntStream.range(0, SHARDS * EACH).boxed().toList());
    }

    @Test
    void aSeedMixesThemAndMissesNone() {
        List<Integer> mixed = labels(Optional.of(3L), 2, 7);
        assertThat(mixed)
                .isNotEqualTo(labels(Optional.empty(), 2, 7))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, SHARDS * EACH).boxed().toList());
        assertThat(labels(Optional.of(4L), 2, 7)).isNotEqualTo(mixed);
    }

    @Test
    void neitherThreadsNorBatchesChangeABit() {
        assertThat(pixels(3L, 1, 7)).isEqualTo(pixels(3L, 4, 16)).isEqualTo(pixels(3L, 2, 60));
        assertThat(Arrays.equals(pixels(3L, 1, 7), pixels(4L, 1, 7))).isFalse();
    }

    @Test
    void aDamagedShardIsNamedWhenItsTurnComes() {
        String key = dataset.train().keys().get(5);
        byte[] bytes = store.require(key).clone();
        bytes[bytes.length - 1] ^= 1;
        store.put(key, bytes);
        try (ShardStream stream = new ShardStream(store, dataset, "train", Optional.empty(), 2)) {
            assertThat(stream.next(new byte[5 * EACH * SIDE * SIDE * 3], new int[5 * EACH]))
                    .isEqualTo(5 * EACH);
            assertThatThrownBy(() -> stream.next(new byte[SIDE * SIDE * 3], new int[1]))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("[" + key + "] is damaged: its sha256 is");
        }
    }

    @Test
    void anImageThatCannotBeDecodedIsNamed() {
        byte[] shard = new ShardFile(List.of(new ShardFile.Sample(0, new byte[] {1, 2, 3}))).encode();
        store.put(StoreLayout.samples(Sha256.of(shard)), shard);
        PreparedDataset broken = dataset(
                dataset.train(),
                PreparedDataset.Part.ofShards(List.of(new PreparedDataset.Shard(1, shard.length, Sha256.of(shard)))));
        try (ShardStream stream = new ShardStream(store, broken, "test", Optional.empty(), 1)) {
            assertThatThrownBy(() -> stream.next(new byte[SIDE * SIDE * 3], new int[1]))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("test of small, shard 0, image 0] is not an image of a known format");
        }
    }

    @Test
    void aStreamThatIsClosedEarlyEndsItsThreads() throws Exception {
        ShardStream stream = new ShardStream(store, dataset, "train", Optional.of(1L), 2);
        stream.next(new byte[SIDE * SIDE * 3], new int[1]);
        stream.close();
        assertThat(stream.ended(20)).isTrue();
    }

    @Test
    void aShardIsWhatWasWrittenAndNothingElse() {
        List<ShardFile.Sample> samples =
                List.of(new ShardFile.Sample(999, new byte[] {1, 2}), new ShardFile.Sample(0, new byte[0]));
        byte[] bytes = new ShardFile(samples).encode();
        ShardFile read = ShardFile.decode(bytes, "key");
        assertThat(read.samples()).extracting(ShardFile.Sample::label).containsExactly(999, 0);
        assertThat(read.samples().getFirst().image()).containsExactly(1, 2);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> ShardFile.decode(cut, "key"))
                    .as("%d bytes", length)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("[key]");
        }
        assertThatThrownBy(() -> ShardFile.decode(Arrays.copyOf(bytes, bytes.length + 1), "key"))
                .hasMessageContaining("1 bytes after its last image");
    }

    @Test
    void imagesBehindSkippedOnesAreThoseThatComeThereAnyway() {
        byte[] whole = pixels(7, 2, 3);
        int bytesPerImage = SIDE * SIDE * 3;
        SampleStream.Source source = ShardStream.source(store, 2);
        for (int skipped = 0; skipped <= SHARDS * EACH; skipped++) {
            int left = SHARDS * EACH - skipped;
            byte[] rest = new byte[left * bytesPerImage];
            try (SampleStream stream = source.open(dataset, "train", Optional.of(7L), skipped)) {
                assertThat(stream.next(rest, new int[left])).isEqualTo(left);
                assertThat(stream.next(new byte[bytesPerImage], new int[1])).isZero();
            }
            assertThat(rest)
                    .as("%d skipped", skipped)
                    .isEqualTo(Arrays.copyOfRange(whole, skipped * bytesPerImage, whole.length));
        }
    }

    private List<Integer> labels(Optional<Long> seed, int threads, int batch) {
        List<Integer> all = new ArrayList<>();
        try (ShardStream stream = new ShardStream(store, dataset, "train", seed, threads)) {
            int[] labels = new int[batch];
            byte[] pixels = new byte[batch * SIDE * SIDE * 3];
            for (int n = stream.next(pixels, labels); n > 0; n = stream.next(pixels, labels)) {
                Arrays.stream(labels, 0, n).forEach(all::add);
            }
        }
        return all;
    }

    private byte[] pixels(long seed, int threads, int batch) {
        byte[] all = new byte[SHARDS * EACH * SIDE * SIDE * 3];
        int to = 0;
        try (ShardStream stream = new ShardStream(store, dataset, "train", Optional.of(seed), threads)) {
            int[] labels = new int[batch];
            byte[] pixels = new byte[batch * SIDE * SIDE * 3];
            for (int n = stream.next(pixels, labels); n > 0; n = stream.next(pixels, labels)) {
                System.arraycopy(pixels, 0, all, to, n * SIDE * SIDE * 3);
                to += n * SIDE * SIDE * 3;
            }
        }
        return all;
    }

    private PreparedDataset prepared() {
        List<PreparedDataset.Shard> shards = new ArrayList<>();
        for (int shard = 0; shard < SHARDS; shard++) {
            List<ShardFile.Sample> samples = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                int label = shard * EACH + i;
                samples.add(new ShardFile.Sample(label, Pictures.halves(9, 7, label * 1000, label * 50_000)));
            }
            byte[] bytes = new ShardFile(samples).encode();
            store.put(StoreLayout.samples(Sha256.of(bytes)), bytes);
            shards.add(new PreparedDataset.Shard(EACH, bytes.length, Sha256.of(bytes)));
        }
        PreparedDataset.Part part = PreparedDataset.Part.ofShards(shards);
        return dataset(part, part);
    }

    private static PreparedDataset dataset(PreparedDataset.Part train, PreparedDataset.Part test) {
        return new PreparedDataset(
                "small",
                "f",
                SIDE,
                SIDE,
                3,
                List.of("a", "b"),
                List.of(0.5, 0.5, 0.5),
                List.of(0.2, 0.2, 0.2),
                train,
                train,
                test,
                "none");
    }
}
